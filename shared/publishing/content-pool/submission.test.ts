import { describe, expect, it } from 'vitest'
import { decideSubmission, type Submission, submitIssues, yearTable } from './submission.ts'

const facts = { parent: 'suzhou', to: 'suzhou', isPublished: true, isOriginal: true, isWaiting: false }
const codes = (changes: Partial<Parameters<typeof submitIssues>[0]>) => submitIssues({ ...facts, ...changes }).map(({ code }) => code)

describe('submitting upward', () => {
  it('goes one level up', () => expect(codes({})).toEqual([]))

  it.each<[string, Parameters<typeof codes>[0], string]>([
    ['past the city', { to: 'jiangsu' }, 'not-the-superior'],
    ['from the province', { parent: null }, 'no-superior'],
    ['a draft', { isPublished: false }, 'not-published'],
    ['a repost', { isOriginal: false }, 'not-original'],
    ['twice', { isWaiting: true }, 'waiting-already'],
    ['for points a second time', { isAccepted: true }, 'accepted-already'],
  ])('%s is refused', (_, changes, code) => expect(codes(changes)).toContain(code))

  it('is decided once, and returned with a reason', () => {
    expect(decideSubmission('waiting', { action: 'accept' })).toEqual({ issues: [], next: 'accepted' })
    expect(decideSubmission('waiting', { action: 'return' })).toMatchObject({ issues: [{ code: 'reason-required' }], next: 'waiting' })
    expect(decideSubmission('accepted', { action: 'return', reason: '改变主意了' })).toMatchObject({ issues: [{ code: 'decided-already' }], next: 'accepted' })
  })
})

describe('the yearly table', () => {
  const city = { slug: 'suzhou', level: 'city' } as const
  const province = { slug: 'jiangsu', level: 'province' } as const
  const one = (from: string, to: Submission['to'], state: Submission['state'], decidedOn: string | null): Submission => ({ from, to, state, decidedOn })
  const all = [
    one('suzhou-kunshan', city, 'accepted', '2026-03-01'), one('suzhou-kunshan', city, 'returned', '2026-03-02'), one('suzhou-kunshan', city, 'waiting', null),
    one('suzhou', province, 'accepted', '2026-05-01'), one('suzhou', province, 'accepted', '2025-12-31'),
    one('suzhou-taicang', city, 'accepted', '2026-04-01'),
  ]

  it('counts what was decided in the year, by the level that took it', () => {
    expect(yearTable(all, 2026)).toEqual([
      { site: 'suzhou', submitted: 1, accepted: 1, byCity: 0, byProvince: 1, points: 3 },
      { site: 'suzhou-kunshan', submitted: 2, accepted: 1, byCity: 1, byProvince: 0, points: 1 },
      { site: 'suzhou-taicang', submitted: 1, accepted: 1, byCity: 1, byProvince: 0, points: 1 },
    ])
    expect(yearTable(all, 2024)).toEqual([])
  })

  it('follows the scale of its year', () => expect(yearTable(all, 2026, { city: 5, province: 10 })[0]).toMatchObject({ site: 'suzhou', points: 10 }))
})
