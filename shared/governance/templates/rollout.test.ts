import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JIANGSU_SITES } from '../site-tree.ts'
import { GATE_CODES, type Verdict } from './gates.ts'
import { moveSite, type Ring, ringIssues } from './rings.ts'
import { decideAfterMeasuring, decideRollout, ROLLOUT_ACTIONS, ROLLOUT_STATES, type RolloutAction, type RolloutFacts, type RolloutState, soakOverAt } from './rollout.ts'

const PILOTS = ['suzhou-kunshan', 'nantong', 'yancheng']
const REST = JIANGSU_SITES.map(({ slug }) => slug).filter((slug) => !PILOTS.includes(slug))
const PLAN: Ring[] = [
  { name: '试点', sites: PILOTS, soakHours: 72 },
  { name: '设区市', sites: REST.slice(0, 12), soakHours: 48 },
  { name: '全省', sites: REST.slice(12), soakHours: 24 },
]
const codes = (rings: readonly Ring[]) => ringIssues(rings, JIANGSU_SITES).map(({ code }) => code)
const with0 = (changes: Partial<Ring>) => [{ ...PLAN[0]!, ...changes }, ...PLAN.slice(1)]

describe('a plan of rings', () => {
  it('with pilots of each region and every site once may start', () => expect(codes(PLAN)).toEqual([]))

  it.each<[string, readonly Ring[], string]>([
    ['a single ring', [PLAN[0]!], 'rings-too-few'],
    ['no pilot from 苏北', with0({ sites: PILOTS.slice(0, 2) }), 'pilot-region-missing'],
    ['an empty ring', [...PLAN, { name: '空', sites: [], soakHours: 24 }], 'ring-empty'],
    ['a site that is none', with0({ sites: [...PILOTS, 'shanghai'] }), 'site-unknown'],
    ['a site twice', with0({ sites: [...PILOTS, REST[0]!] }), 'site-twice'],
    ['sites left out', PLAN.slice(0, 2), 'site-left-out'],
    ['no time to look', with0({ soakHours: 1 }), 'soak-out-of-bounds'],
  ])('with %s is refused', (_, rings, code) => expect(codes(rings)).toContain(code))

  it('keeps every site once, however sites are moved', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...JIANGSU_SITES.map(({ slug }) => slug)), fc.nat(2))), (moves) => {
      const moved = moves.reduce<Ring[]>((rings, [slug, to]) => moveSite(rings, slug, to), PLAN)
      expect(moved.flatMap(({ sites }) => sites).toSorted()).toEqual(JIANGSU_SITES.map(({ slug }) => slug).toSorted())
    }))
  })
})

const NOW = new Date('2026-12-10T08:00:00Z')
const LESSON = '导航在窄屏上换行，已改短栏目名。'
const green: Verdict[] = GATE_CODES.map((gate) => ({ gate, isGreen: true, findings: [] }))
const red: Verdict[] = green.map((verdict) => (verdict.gate === 'labels' ? { ...verdict, isGreen: false, findings: ['/：缺少标签 SiteName'] } : verdict))
const all = (sites: readonly string[], verdicts: Verdict[]) => new Map(sites.map((slug) => [slug, verdicts]))
const facts = (changes: Partial<RolloutFacts> = {}): RolloutFacts => ({
  state: 'running', version: 3, release: 'standard-2', rings: PLAN, ring: 0, switchedAt: new Date('2026-12-01T08:00:00Z'), verdicts: all(PILOTS, green),
  readiness: [], otherRunning: null, isSteward: true, now: NOW, ...changes,
})
const decide = (action: RolloutAction, changes: Partial<RolloutFacts> = {}, lesson: string | undefined = LESSON) => decideRollout(facts(changes), { action, version: 3, lesson })
const refusals = (...given: Parameters<typeof decide>) => decide(...given).issues.map(({ code }) => code)

describe('a rollout', () => {
  it('goes ring by ring to the end', () => {
    expect(decide('start', { state: 'draft', ring: null })).toEqual({ issues: [], next: { state: 'running', ring: 0 }, switches: PILOTS, returns: [] })
    expect(decide('promote')).toEqual({ issues: [], next: { state: 'running', ring: 1 }, switches: PLAN[1]!.sites, returns: [] })
    const last = { ring: 2, verdicts: all(PLAN[2]!.sites, green) }
    expect(decide('complete', last)).toMatchObject({ issues: [], next: { state: 'completed', ring: 2 }, switches: [], returns: [] })
  })

  it.each<[string, RolloutAction, Partial<RolloutFacts>, string]>([
    ['before every site is measured', 'promote', { verdicts: all(PILOTS.slice(1), green) }, 'gates-open'],
    ['with one red gate on one site', 'promote', { verdicts: new Map([...all(PILOTS, green), [PILOTS[0]!, red]]) }, 'gate-red'],
    ['before the ring has been lived with', 'promote', { switchedAt: new Date('2026-12-09T08:00:00Z') }, 'soak-not-over'],
    ['past the last ring', 'promote', { ring: 2, verdicts: all(PLAN[2]!.sites, green) }, 'last-ring'],
    ['to its end with rings left', 'complete', {}, 'rings-left'],
    ['that is not ready', 'start', { state: 'draft', ring: null, readiness: ringIssues(PLAN.slice(0, 2), JIANGSU_SITES) }, 'site-left-out'],
    ['beside another one', 'start', { state: 'draft', ring: null, otherRunning: 'standard-3' }, 'other-running'],
    ['by somebody who is no steward', 'promote', { isSteward: false }, 'not-a-steward'],
    ['that another steward has moved on', 'promote', { version: 4 }, 'stale-version'],
  ])('does not go on %s', (_, action, changes, code) => expect(refusals(action, changes)).toContain(code))

  it('asks what was learned, except where nothing has been tried', () => {
    for (const action of ['promote', 'halt', 'cancel'] as const) expect(refusals(action, {}, '好')).toContain('lesson-required')
    expect(refusals('cancel', { state: 'draft', ring: null }, undefined)).toEqual([])
  })

  it('refuses every step that its state does not know', () => {
    const known: Record<RolloutState, readonly RolloutAction[]> = {
      draft: ['start', 'cancel'], running: ['promote', 'halt', 'cancel', 'complete'], halted: ['resume', 'cancel'], completed: [], cancelled: [],
    }
    for (const state of Object.keys(ROLLOUT_STATES) as RolloutState[]) {
      for (const action of Object.keys(ROLLOUT_ACTIONS) as RolloutAction[]) {
        expect([state, action, refusals(action, { state }).includes('wrong-state')]).toEqual([state, action, !known[state].includes(action)])
      }
    }
  })

  it('sends everything back that it has switched when it is cancelled, and nothing else', () => {
    expect(decide('cancel', { ring: 1 }).returns).toEqual([...PILOTS, ...PLAN[1]!.sites])
    expect(decide('halt', { ring: 1 }).returns).toEqual(PLAN[1]!.sites)
    expect(decide('resume', { state: 'halted', ring: 1 }).switches).toEqual(PLAN[1]!.sites)
  })

  it('stops by itself at a red gate, and sends the ring back', () => {
    const measured = new Map([...all(PILOTS, green), [PILOTS[1]!, red]])
    expect(decideAfterMeasuring(facts({ verdicts: measured }))).toEqual({ next: { state: 'halted', ring: 0 }, returns: PILOTS })
    expect(decideAfterMeasuring(facts())).toEqual({ next: { state: 'running', ring: 0 }, returns: [] })
    expect(decideAfterMeasuring(facts({ state: 'completed', verdicts: measured }))).toMatchObject({ returns: [] })
  })

  it('has been lived with after its hours', () => {
    expect(soakOverAt({ soakHours: 48 }, new Date('2026-12-01T08:00:00Z'))).toEqual(new Date('2026-12-03T08:00:00Z'))
    expect(soakOverAt({ soakHours: 48 }, null)).toBeNull()
  })
})
