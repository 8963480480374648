import { describe, expect, it } from 'vitest'
import { decideTransition } from '@cluster/shared/governance/review-chain'
import { ACTION_CODES, type Action, STATE_CODES } from '@cluster/shared/publishing/states'
import { describeAction, mainActionOf, missingCharacters } from './describe-action.ts'

const facts = {
  state: 'draft' as const, isLive: false, signOffs: [], digest: '', authorIds: [1], person: { id: 2, name: '甲', unit: '乙' },
  duties: new Set<never>(), mayDrafterReviewFirst: false, now: new Date(),
}

describe('an action in words', () => {
  it.each(ACTION_CODES)('%s asks for a reason and a time exactly where the rule does', (action) => {
    const codes = decideTransition(facts, { action }).issues.map(({ code }) => code)
    const { reason, needsTime } = describeAction(action, 'draft')
    expect(reason !== null).toBe(codes.includes('reason-required'))
    expect(needsTime).toBe(codes.includes('time-required'))
  })

  it('says before the last approval that the public will see it', () => {
    expect(describeAction('approve', 'final-review').consequence).toContain('公开')
    expect(describeAction('approve', 'first-review').consequence).toBeNull()
  })
})

describe('the main action', () => {
  it('is one that the person may take', () => {
    for (const state of STATE_CODES) expect(mainActionOf([], state)).toBeNull()
    expect(mainActionOf(['return', 'approve'] satisfies Action[], 'second-review')).toBe('approve')
    expect(mainActionOf(['correct', 'withdraw'], 'published')).toBeNull()
  })
})

describe('a reason', () => {
  it.each([['', 4], ['  改 ', 3], ['数字有误', 0]])('“%s” lacks %i characters', (reason, missing) => expect(missingCharacters(reason)).toBe(missing))
})
