import { describe, expect, it } from 'vitest'
import { ACTION_CODES, type Action, type SignOff, type SignOffLink, STATE_CODES, type State } from '../publishing/states.ts'
import { DUTY_CODES, type Duty } from './duties.ts'
import { type ChainFacts, type ChainRequest, decideTransition, missingLinks, permittedActions } from './review-chain.ts'

const NOW = new Date('2026-11-23T02:00:00Z')
const PERSON = { id: 9, name: '周立新', unit: '综合科' }
const DIGEST = 'sha256:present'
/** Person 1 drafted, 2, 3 and 4 reviewed; 9 is the one who asks. */
const PERSON_OF: Record<SignOffLink, number> = { draft: 1, 'first-review': 2, 'second-review': 3, 'final-review': 4 }

const signOff = (link: SignOffLink, more: Partial<SignOff> = {}): SignOff => (
  { link, personId: PERSON_OF[link], name: `第${PERSON_OF[link]}人`, unit: '科室', at: NOW.toISOString(), digest: DIGEST, ...more })
const links = (...names: SignOffLink[]) => names.map((name) => signOff(name))

/** What had been signed when a document came into the state by the ordinary way. */
const SIGNED: Record<State, SignOff[]> = {
  draft: [],
  'first-review': links('draft'),
  'second-review': links('draft', 'first-review'),
  'final-review': links('draft', 'first-review', 'second-review'),
  scheduled: links('draft', 'first-review', 'second-review', 'final-review'),
  published: links('draft', 'first-review', 'second-review', 'final-review'),
  withdrawn: links('draft', 'first-review', 'second-review', 'final-review'),
}

const facts = (state: State, more: Partial<ChainFacts> = {}): ChainFacts => ({
  state, isLive: state === 'published', signOffs: SIGNED[state], digest: DIGEST, authorIds: [1], person: PERSON,
  duties: new Set(DUTY_CODES), mayDrafterReviewFirst: false, now: NOW, ...more,
})
const request = (action: Action, more: Partial<ChainRequest> = {}): ChainRequest => (
  { action, reason: '数字有误，需要更正', at: new Date(NOW.getTime() + 3_600_000), ...more })
const codes = (given: ChainFacts, asked: ChainRequest) => decideTransition(given, asked).issues.map(({ code }) => code)

type Rule = { next: State; duty: Duty | 'drafter'; signs?: SignOffLink; effect?: string; voids?: string }

/** The whole chain: what is not in this table is refused. */
const RULES: Record<State, Partial<Record<Action, Rule>>> = {
  draft: {
    submit: { next: 'first-review', duty: 'editor', signs: 'draft', voids: 'all' },
    'publish-now': { next: 'published', duty: 'final-reviewer', signs: 'final-review', effect: 'publish' },
  },
  'first-review': {
    recall: { next: 'draft', duty: 'drafter', voids: 'all' },
    approve: { next: 'second-review', duty: 'first-reviewer', signs: 'first-review' },
    return: { next: 'draft', duty: 'first-reviewer', voids: 'all' },
    'publish-now': { next: 'published', duty: 'final-reviewer', signs: 'final-review', effect: 'publish' },
  },
  'second-review': {
    recall: { next: 'draft', duty: 'drafter', voids: 'all' },
    approve: { next: 'final-review', duty: 'second-reviewer', signs: 'second-review' },
    return: { next: 'draft', duty: 'second-reviewer', voids: 'all' },
    'publish-now': { next: 'published', duty: 'final-reviewer', signs: 'final-review', effect: 'publish' },
  },
  'final-review': {
    recall: { next: 'draft', duty: 'drafter', voids: 'all' },
    approve: { next: 'published', duty: 'final-reviewer', signs: 'final-review', effect: 'publish' },
    return: { next: 'draft', duty: 'final-reviewer', voids: 'all' },
    'publish-now': { next: 'published', duty: 'final-reviewer', signs: 'final-review', effect: 'publish' },
    schedule: { next: 'scheduled', duty: 'final-reviewer', signs: 'final-review', effect: 'schedule' },
  },
  scheduled: {
    recall: { next: 'draft', duty: 'drafter', voids: 'all' },
    'publish-now': { next: 'published', duty: 'final-reviewer', signs: 'final-review', effect: 'publish' },
    'cancel-schedule': { next: 'final-review', duty: 'final-reviewer', voids: 'final' },
  },
  published: {
    correct: { next: 'draft', duty: 'editor', voids: 'all' },
    withdraw: { next: 'withdrawn', duty: 'final-reviewer', effect: 'withdraw' },
  },
  withdrawn: {},
}
const PAIRS = STATE_CODES.flatMap((state) => ACTION_CODES.map((action) => [state, action, RULES[state][action]] as const))
const NEEDS_REASON: readonly Action[] = ['recall', 'return', 'publish-now', 'correct', 'withdraw']

describe.each(PAIRS)('in %s, %s', (state, action, rule) => {
  if (!rule) {
    it('is refused to everybody', () => {
      const refused = codes(facts(state), request(action))
      // Nothing but an emergency is reviewed later; everything else is not done in this state at all.
      expect(refused).toContain(state === 'published' && action === 'review-later' ? 'not-an-emergency' : 'wrong-state')
    })
    return
  }
  const { next, duty, signs, effect = 'none', voids = 'none' } = rule
  const doer = (): Partial<ChainFacts> => (duty === 'drafter' ? { person: { ...PERSON, id: 1 }, duties: new Set() } : { duties: new Set([duty]) })

  it(`leads to ${next} for the ${duty}`, () => {
    expect(decideTransition(facts(state, doer()), request(action)))
      .toEqual({ issues: [], next, signs: signs ? [signs] : [], effect, voids, isEmergency: action === 'publish-now' })
  })

  it(`is refused to whoever is not the ${duty}`, () => {
    const others = duty === 'drafter' ? {} : { duties: new Set(DUTY_CODES.filter((other) => other !== duty)) }
    expect(codes(facts(state, others), request(action))).toEqual([duty === 'drafter' ? 'not-the-drafter' : 'duty-missing'])
  })

  if (NEEDS_REASON.includes(action)) {
    it('needs a reason', () => {
      const reasons = [undefined, '', '   ', '不行', `${' '.repeat(9)}改`]
      for (const reason of reasons) expect(codes(facts(state, doer()), request(action, { reason }))).toEqual(['reason-required'])
      expect(codes(facts(state, doer()), request(action, { reason: '长'.repeat(501) }))).toEqual(['reason-too-long'])
    })
  } else {
    it('needs no reason', () => expect(codes(facts(state, doer()), request(action, { reason: undefined }))).toEqual([]))
  }

  if (signs) {
    it('is refused to somebody without a name or a unit, who could not stand in public', () => {
      for (const person of [{ ...PERSON, name: ' ' }, { ...PERSON, unit: '' }]) {
        expect(codes(facts(state, { ...doer(), person }), request(action))).toEqual(['person-unnamed'])
      }
    })
  }

  if (signs && signs !== 'draft') {
    it('is refused to everybody who has signed before', () => {
      for (const earlier of SIGNED[state]) {
        expect(codes(facts(state, { person: { ...PERSON, id: earlier.personId } }), request(action))).toEqual(['same-person'])
      }
    })

    if (SIGNED[state].length > 0) it('is refused when the text is not what was signed', () => {
      expect(codes(facts(state, { digest: 'sha256:other' }), request(action))).toEqual(['content-changed'])
    })
  }
})

describe('one person with all duties', () => {
  it('signs the draft and nothing after it', () => {
    const alone = { person: { ...PERSON, id: 1 } }
    expect(codes(facts('draft', alone), request('submit'))).toEqual([])
    for (const state of ['first-review', 'second-review', 'final-review'] as const) {
      expect(codes(facts(state, alone), request('approve'))).toEqual(['same-person'])
      expect(codes(facts(state, alone), request('publish-now'))).toEqual(['same-person'])
    }
  })

  it('is told everything that is wrong at once', () => {
    const issues = codes(facts('withdrawn', { duties: new Set(), person: { id: 4, name: '', unit: '' } }), request('publish-now', { reason: '' }))
    expect(issues).toEqual(['wrong-state', 'reason-required', 'duty-missing', 'same-person', 'person-unnamed'])
  })
})

describe('somebody who wrote a part of the text that another submitted', () => {
  const coAuthor = { authorIds: [1, PERSON.id] }

  it('reviews it at no link', () => {
    for (const state of ['first-review', 'second-review', 'final-review'] as const) {
      expect(codes(facts(state, coAuthor), request('approve'))).toEqual(['same-person'])
      expect(codes(facts(state, { authorIds: [1] }), request('approve'))).toEqual([])
    }
    expect(codes(facts('final-review', coAuthor), request('schedule'))).toEqual(['same-person'])
  })

  it('may return it, and review first where the province allows drafters to', () => {
    expect(codes(facts('second-review', coAuthor), request('return'))).toEqual([])
    expect(codes(facts('first-review', { ...coAuthor, mayDrafterReviewFirst: true }), request('approve'))).toEqual([])
    expect(codes(facts('second-review', { ...coAuthor, mayDrafterReviewFirst: true }), request('approve'))).toEqual(['same-person'])
  })
})

describe('the drafter of a small office', () => {
  const drafter = { person: { ...PERSON, id: 1 }, mayDrafterReviewFirst: true }

  it('reviews first where the province allows it, and never again', () => {
    expect(codes(facts('first-review', drafter), request('approve'))).toEqual([])
    const both = links('draft', 'first-review').map((link) => ({ ...link, personId: 1 }))
    expect(codes(facts('second-review', { ...drafter, signOffs: both }), request('approve'))).toEqual(['same-person'])
    expect(codes(facts('final-review', drafter), request('approve'))).toEqual(['same-person'])
    expect(codes(facts('final-review', drafter), request('schedule'))).toEqual(['same-person'])
  })

  it('orders no emergency either', () => {
    expect(codes(facts('first-review', drafter), request('publish-now'))).toEqual(['same-person'])
    expect(codes(facts('draft', drafter), request('publish-now'))).toEqual(['same-person'])
  })
})

describe('an emergency publication', () => {
  const order = signOff('final-review', { isEmergency: true })
  const asked = (signOffs: SignOff[], personId: number, more: Partial<ChainFacts> = {}) =>
    codes(facts('published', { signOffs, person: { ...PERSON, id: personId }, ...more }), request('review-later'))

  it('is not ordered by whoever saved the text last, submitted or not', () => {
    expect(codes(facts('draft', { authorIds: [1, PERSON.id] }), request('publish-now'))).toEqual(['same-person'])
    expect(codes(facts('first-review', { authorIds: [PERSON.id] }), request('publish-now'))).toEqual(['same-person'])
  })

  it('is reviewed later in the order of the chain, by the ones with that duty', () => {
    const first = decideTransition(facts('published', { signOffs: [signOff('draft'), order], duties: new Set<Duty>(['first-reviewer']) }), request('review-later'))
    expect(first).toMatchObject({ issues: [], signs: ['first-review'], effect: 'none', next: 'published' })
    const second = decideTransition(
      facts('published', { signOffs: [signOff('draft'), order, signOff('first-review')], duties: new Set<Duty>(['second-reviewer']) }), request('review-later'))
    expect(second).toMatchObject({ issues: [], signs: ['second-review'], effect: 'complete-review', next: 'published' })
    expect(asked([signOff('draft'), order], PERSON.id, { duties: new Set<Duty>(['second-reviewer']) })).toEqual(['duty-missing'])
  })

  it('is reviewed by others than drafted, ordered or reviewed it', () => {
    for (const signed of [[signOff('draft'), order], [signOff('draft'), order, signOff('first-review')]]) {
      for (const { personId } of signed) expect(asked(signed, personId)).toEqual(['same-person'])
      expect(asked(signed, 8)).toEqual([])
    }
  })

  it('of a text that nobody had submitted is not reviewed by its author', () => {
    expect(asked([order], 1)).toEqual(['same-person'])
    expect(asked([order, signOff('first-review')], 1)).toEqual(['same-person'])
    expect(asked([order], 1, { mayDrafterReviewFirst: true })).toEqual([])
    expect(asked([order], 8)).toEqual([])
  })

  it('is not reviewed once more', () => {
    expect(asked([signOff('draft'), order, signOff('first-review'), signOff('second-review')], 8)).toEqual(['review-complete'])
  })

  it('is corrected and withdrawn like any other', () => {
    for (const action of ['correct', 'withdraw'] as const) expect(codes(facts('published', { signOffs: [order] }), request(action))).toEqual([])
  })
})

describe('withdrawing', () => {
  it('is possible while a correction is under way, in whatever state', () => {
    for (const state of ['draft', 'first-review', 'second-review', 'final-review', 'scheduled'] as const) {
      expect(codes(facts(state, { isLive: true }), request('withdraw'))).toEqual([])
      expect(codes(facts(state, { isLive: false }), request('withdraw'))).toEqual(['wrong-state'])
    }
  })
})

describe('scheduling', () => {
  const at = (iso: string | undefined) => codes(facts('final-review'), request('schedule', { at: iso === undefined ? undefined : new Date(iso) }))

  it('takes a time to come, within a year', () => {
    expect(at('2026-11-23T02:00:01Z')).toEqual([])
    expect(at('2027-11-20T02:00:00Z')).toEqual([])
  })

  it('refuses none, the past, this very moment and the far future', () => {
    expect([at(undefined), at('not a date'), at('2026-11-23T01:59:59Z'), at('2026-11-23T02:00:00Z'), at('2028-01-01T00:00:00Z')])
      .toEqual([['time-required'], ['time-required'], ['time-past'], ['time-past'], ['time-too-far']])
  })
})

describe('permittedActions', () => {
  it.each(STATE_CODES)('offers in %s what the table allows', (state) => {
    const allowed = ACTION_CODES.filter((action) => RULES[state][action] && RULES[state][action].duty !== 'drafter')
    expect(permittedActions(facts(state)).sort()).toEqual(allowed.sort())
  })

  it('offers the inspector nothing', () => {
    for (const state of STATE_CODES) expect(permittedActions(facts(state, { duties: new Set<Duty>(['inspector', 'site-admin', 'province-admin']) }))).toEqual([])
  })
})

describe('missingLinks', () => {
  it('names what nobody has signed, in the order of the chain', () => {
    expect(missingLinks(links('draft'))).toEqual(['first-review', 'second-review', 'final-review'])
    expect(missingLinks(links('final-review', 'first-review'))).toEqual(['second-review'])
  })
})
