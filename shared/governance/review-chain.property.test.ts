import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPermitted } from '../issue.ts'
import { ACTION_CODES, type Action, type SignOff, type State } from '../publishing/states.ts'
import { DUTY_CODES, type Duty, TEXT_DUTIES } from './duties.ts'
import { decideTransition, permittedActions } from './review-chain.ts'

/** A document and its people, moved by whatever the chain permits: the smallest thing that behaves like the CMS. */
type Model = { state: State; isLive: boolean; signOffs: SignOff[]; version: number; authorIds: number[]; wasEmergency: boolean }
type Person = { id: number; duties: ReadonlySet<Duty> }
/** `edit` saves the text; `outside` changes what it shows without a save, as an exchanged picture text does. */
type Deed = { who: number; deed: Action | 'edit' | 'outside' }

const NOW = new Date('2026-11-23T02:00:00Z')
const LATER = new Date('2026-11-23T03:00:00Z')
const digestOf = (model: Model) => `sha256:${model.version}`

const factsFor = (model: Model, person: Person, mayDrafterReviewFirst: boolean) => ({
  ...model, digest: digestOf(model), mayDrafterReviewFirst, now: NOW, duties: person.duties,
  person: { id: person.id, name: `第${person.id}人`, unit: '科室' },
})

function step(model: Model, { deed }: Deed, person: Person, mayDrafterReviewFirst: boolean): { model: Model; published: 'chain' | 'emergency' | 'complete' | null } {
  if (deed === 'outside') return { model: { ...model, version: model.version + 1 }, published: null }
  if (deed === 'edit') {
    if (model.state === 'published' || model.state === 'withdrawn') return { model, published: null }
    const signOffs = model.state === 'draft' ? model.signOffs : []
    return { model: { ...model, state: 'draft', version: model.version + 1, signOffs, authorIds: [...new Set([...model.authorIds, person.id])] }, published: null }
  }
  const decision = decideTransition(factsFor(model, person, mayDrafterReviewFirst), { action: deed, reason: '数字有误需要更正', at: LATER })
  if (!isPermitted(decision.issues)) return { model, published: null }
  const kept = decision.voids === 'all' ? [] : model.signOffs.filter(({ link }) => decision.voids !== 'final' || link !== 'final-review')
  const signed = decision.signs.map((link): SignOff => (
    { link, personId: person.id, name: '某', unit: '科', at: '', digest: digestOf(model), isEmergency: decision.isEmergency }))
  const next: Model = {
    ...model, state: decision.next, signOffs: [...kept, ...signed], wasEmergency: decision.isEmergency,
    isLive: decision.next === 'published' || (model.isLive && decision.next !== 'withdrawn'),
  }
  const published = decision.effect === 'complete-review' ? 'complete' : decision.effect !== 'publish' && decision.effect !== 'schedule' ? null
    : decision.isEmergency ? 'emergency' : 'chain'
  return { model: next, published }
}

const person = (id: number) => fc.oneof(
  { weight: 3, arbitrary: fc.constant(new Set<Duty>(TEXT_DUTIES)) }, { weight: 1, arbitrary: fc.subarray([...DUTY_CODES]).map((duties) => new Set(duties)) },
).map((duties): Person => ({ id, duties }))
const PEOPLE = 6
const people = fc.tuple(...Array.from({ length: PEOPLE }, (_, index) => person(index + 1)))
const deed = fc.record({
  who: fc.nat({ max: PEOPLE - 1 }),
  deed: fc.oneof(
    // Steps forward more often, or hardly a walk would come to its end.
    { weight: 6, arbitrary: fc.constantFrom<Action>('submit', 'approve', 'approve', 'approve', 'schedule', 'publish-now', 'review-later', 'review-later') },
    { weight: 2, arbitrary: fc.constantFrom(...ACTION_CODES) }, { weight: 1, arbitrary: fc.constantFrom('edit' as const, 'outside' as const) }),
})
const walk = fc.record({ people, mayDrafterReviewFirst: fc.boolean(), deeds: fc.array(deed, { minLength: 5, maxLength: 60 }) })
const START: Model = { state: 'draft', isLive: false, signOffs: [], version: 1, authorIds: [1], wasEmergency: false }

describe('whatever people do', () => {
  it('nothing is published but by four different persons (three where the drafter may review first) over the present text, or by an emergency order', () => {
    const seen = { chain: 0, emergency: 0, complete: 0 }
    fc.assert(fc.property(walk, ({ people: persons, mayDrafterReviewFirst, deeds }) => {
      let model = START
      for (const next of deeds) {
        const { model: after, published } = step(model, next, persons[next.who]!, mayDrafterReviewFirst)
        if (published) {
          seen[published] += 1
          const signer = (link: SignOff['link']) => after.signOffs.find((signOff) => signOff.link === link)
          const drafters = [...model.authorIds, ...[signer('draft')?.personId].filter((id) => id !== undefined)]
          const reviewers = [signer('first-review'), signer('second-review'), signer('final-review')].flatMap((signOff) => signOff?.personId ?? [])
          expect(new Set(reviewers).size).toBe(reviewers.length)
          expect(after.signOffs.map(({ digest }) => digest)).toEqual(after.signOffs.map(() => digestOf(after)))
          for (const drafter of drafters) {
            expect([signer('second-review')?.personId, signer('final-review')?.personId]).not.toContain(drafter)
            if (!mayDrafterReviewFirst) expect(signer('first-review')?.personId).not.toBe(drafter)
          }
          if (published !== 'emergency') expect(reviewers).toHaveLength(3)
        }
        model = after
      }
    }), { numRuns: 3000, seed: 20261123 })
    // The walks must have come that far, or the property says nothing.
    expect(Object.values(seen).every((count) => count > 20), JSON.stringify(seen)).toBe(true)
  })

  it('what is withdrawn stays withdrawn', () => {
    fc.assert(fc.property(walk, ({ people: persons, mayDrafterReviewFirst, deeds }) => {
      let model: Model = { ...START, state: 'withdrawn', signOffs: [] }
      for (const next of deeds) model = step(model, next, persons[next.who]!, mayDrafterReviewFirst).model
      expect(model.state).toBe('withdrawn')
      expect(model.isLive).toBe(false)
    }))
  })

  it('the buttons that are offered are the actions that are permitted', () => {
    fc.assert(fc.property(walk, ({ people: persons, mayDrafterReviewFirst, deeds }) => {
      let model = START
      for (const next of deeds) {
        const given = factsFor(model, persons[next.who]!, mayDrafterReviewFirst)
        const permitted = ACTION_CODES.filter((action) => isPermitted(decideTransition(given, { action, reason: '数字有误需要更正', at: LATER }).issues))
        expect(permittedActions(given)).toEqual(permitted)
        model = step(model, next, persons[next.who]!, mayDrafterReviewFirst).model
      }
    }), { numRuns: 50 })
  })
})
