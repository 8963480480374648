import { describe, expect, it } from 'vitest'
import type { LetterStatus } from '../delivery/records.ts'
import { answerDueAt, answerIssues, nextSteps } from './letters.ts'
import type { State } from '../publishing/states.ts'

const RECEIVED: LetterStatus['steps'] = [{ step: 'received', at: '0' }]
const walk = (states: readonly State[], isPublic = false) =>
  states.reduce<LetterStatus['steps']>((steps, state, index) => nextSteps(steps, state, String(index + 1), isPublic), RECEIVED).map(({ step, at }) => `${step}:${at}`)

describe('the steps that a sender sees', () => {
  it('go forward with the review', () => {
    expect(walk(['first-review', 'second-review', 'final-review', 'published'])).toEqual(['received:0', 'under-review:1', 'answered:4'])
    expect(walk(['first-review', 'published'], true)).toEqual(['received:0', 'under-review:1', 'answered:2', 'published:2'])
  })

  it('show where a returned letter stands, and not its odyssey', () => {
    expect(walk(['first-review', 'draft'])).toEqual(['received:0', 'in-hand:2'])
    expect(walk(['first-review', 'draft', 'first-review', 'second-review', 'draft'])).toEqual(['received:0', 'in-hand:2'])
    expect(walk(['first-review', 'draft', 'first-review'])).toEqual(['received:0', 'in-hand:2', 'under-review:3'])
  })

  it('take the publication back when it is withdrawn, and keep the answer', () => {
    expect(walk(['first-review', 'published', 'withdrawn'], true)).toEqual(['received:0', 'under-review:1', 'answered:2'])
  })

  it('are never doubled', () => {
    const names = walk(['first-review', 'published', 'draft', 'first-review', 'published', 'draft', 'first-review', 'published'], true).map((step) => step.split(':')[0])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('an answer', () => {
  it('is due by the end of the third working day for an error report', () => {
    expect(answerDueAt('error-report', new Date('2026-11-23T01:00:00Z')).toISOString()).toBe('2026-11-26T16:00:00.000Z')
    expect(answerDueAt('inquiry', new Date('2026-11-23T01:00:00Z')).toISOString()).toBe('2026-11-30T16:00:00.000Z')
  })

  it('must have been written', () => {
    expect(answerIssues('  好的  ').map(({ code }) => code)).toEqual(['answer-required'])
    expect(answerIssues('请携带登记证书到窗口办理。')).toEqual([])
  })
})
