import { describe, expect, it } from 'vitest'
import { type ColumnFact, mapColumns } from './merging.ts'
import { type OpeningFacts, openingIssues, type TreeSite } from './opening.ts'
import { leadElsewhere } from './redirect.ts'
import type { Standing } from './standing.ts'
import { CHANGE_KINDS, CHANGE_STEPS, type ChangeFacts, type ChangeKind, decideChange } from './steps.ts'

const codes = (issues: ReadonlyArray<{ code: string }>) => issues.map(({ code }) => code)
const facts = (more: Partial<ChangeFacts> = {}): ChangeFacts => (
  { kind: 'merge', state: 'active', version: 3, done: 0, siteName: '昆山机构编制', againstNext: [], againstUndo: [], ...more })

describe('the steps of a procedure', () => {
  it.each(Object.keys(CHANGE_KINDS) as ChangeKind[])('of “%s” can all be taken back, but for the last', (kind) => {
    const steps = CHANGE_STEPS[kind]
    expect(steps.map(({ undoes }) => undoes === null)).toEqual(steps.map((_, index) => index === steps.length - 1))
    for (let done = 1; done < steps.length; done += 1) {
      const { issues, step } = decideChange(facts({ kind, done }), { action: 'undo', version: 3 })
      expect([issues, step?.name]).toEqual([[], steps[done - 1]!.name])
    }
  })

  it('are taken one after the other, the last under the name of the site only', () => {
    expect(decideChange(facts(), { action: 'take', version: 3 })).toMatchObject({ issues: [], step: { name: 'freeze' }, next: { state: 'active', done: 1 } })
    expect(decideChange(facts({ done: 2 }), { action: 'take', version: 3 }).next).toEqual({ state: 'moving', done: 2 })
    expect(codes(decideChange(facts({ done: 4 }), { action: 'take', version: 3, confirm: '昆山' }).issues)).toEqual(['confirm-missing'])
    expect(decideChange(facts({ done: 4 }), { action: 'take', version: 3, confirm: ' 昆山机构编制 ' })).toMatchObject({ issues: [], next: { state: 'done', done: 5 } })
  })

  it('are refused to whoever saw an older state, while the worker carries, and after the end', () => {
    expect(codes(decideChange(facts(), { action: 'take', version: 2 }).issues)).toEqual(['stale-version'])
    expect(codes(decideChange(facts({ state: 'moving', done: 2 }), { action: 'take', version: 3 }).issues)).toEqual(['wrong-state'])
    expect(decideChange(facts({ state: 'moving', done: 2 }), { action: 'undo', version: 3 })).toMatchObject({ issues: [], next: { state: 'returning', done: 2 } })
    expect(decideChange(facts({ done: 3 }), { action: 'undo', version: 3 }).next).toEqual({ state: 'returning', done: 2 })
    for (const action of ['take', 'undo', 'cancel'] as const) expect(codes(decideChange(facts({ state: 'done', done: 5 }), { action, version: 3 }).issues)).toEqual(['wrong-state'])
    expect(codes(decideChange(facts({ done: 1 }), { action: 'cancel', version: 3 }).issues)).toEqual(['steps-taken'])
    expect(decideChange(facts(), { action: 'cancel', version: 3 }).next.state).toBe('cancelled')
  })
})

describe('columns of a site that is merged', () => {
  const column = (key: string, kind: ColumnFact['kind'], isMandated = false): ColumnFact => ({ key, name: key, kind, isMandated })
  const into = [column('updates', 'update', true), column('local', 'notice')]

  it('go where their like is; local ones where somebody says, into columns of their kind', () => {
    const from = [column('updates', 'update', true), column('local', 'notice'), column('research', 'update')]
    expect(codes(mapColumns(from, into, []).issues)).toEqual(['column-unmapped'])
    expect(codes(mapColumns(from, into, [{ key: 'research', into: 'local' }]).issues)).toEqual(['column-unfit'])
    expect(mapColumns(from, into, [{ key: 'research', into: 'updates' }])).toEqual({ issues: [], keys: { updates: 'updates', local: 'local', research: 'updates' }, made: [] })
    expect(mapColumns(from, into, [{ key: 'research', into: 'new' }]).made.map(({ key }) => key)).toEqual(['research'])
  })

  it('are not made where another kind has their key', () => {
    expect(codes(mapColumns([column('local', 'update')], into, [{ key: 'local', into: 'new' }]).issues)).toEqual(['column-key-taken'])
  })
})

describe('the way from a site that is no more', () => {
  const standings: Record<string, Standing> = {
    a: { state: 'moved', into: 'b', columns: { research: 'updates' } }, b: { state: 'merging', into: 'c', columns: { updates: 'news' }, isEmptied: true },
    d: { state: 'moved', into: 'a', columns: {} }, e: { state: 'closed', successor: 'f' },
  }
  const lead = (site: string, path: string) => leadElsewhere(site, path, (slug) => standings[slug])

  it('follows columns through all mergers, and is for good only where each of them is', () => {
    expect(lead('a', '/columns/research/p/4/')).toEqual({ site: 'c', path: '/columns/news/', isPermanent: false })
    expect(lead('d', '/Articles/7')).toEqual({ site: 'c', path: '/articles/7/', isPermanent: false })
    expect(lead('e', '/columns/research/')).toEqual({ site: 'f', path: '/', isPermanent: true })
    expect(lead('f', '/')).toBeNull()
  })
})

describe('the facts of a new site', () => {
  const sites: TreeSite[] = [
    { slug: 'jiangsu', divisionCode: '320000', level: 'province', region: null, path: '/jiangsu/', name: '江苏', isListed: true },
    { slug: 'suzhou', divisionCode: '320500', level: 'city', region: 'sunan', path: '/jiangsu/suzhou/', name: '苏州', isListed: true },
    { slug: 'suzhou-old', divisionCode: '320599', level: 'county', region: 'sunan', path: '/jiangsu/suzhou/suzhou-old/', name: '旧县', isListed: false },
  ]
  const county: OpeningFacts = { division: '新城区', divisionCode: '320520', slug: 'suzhou-xincheng', parent: 'suzhou', region: null, release: 'standard-1', contact: {}, administrator: { name: '王', unit: '科', email: 'a@b.cn' } }
  it.each<[string, Partial<OpeningFacts>, string[]]>([
    ['of a county', {}, []],
    ['below a site that is no more', { parent: 'suzhou-old' }, ['parent-unfit']],
    ['with a name that is no division', { division: '新城' }, ['division-unfit']],
    ['with a slug of another city', { slug: 'nanjing-xincheng' }, ['slug-unfit']],
    ['with the slug of a merged site', { slug: 'suzhou-old' }, ['slug-taken']],
    ['with a code of another city', { divisionCode: '320120' }, ['code-unfit']],
    ['with a code that is taken', { divisionCode: '320599' }, ['code-taken']],
    ['of a city without a region', { parent: 'jiangsu', division: '新市', slug: 'xinshi', divisionCode: '321500' }, ['region-missing']],
    ['with a release that is not there', { release: 'x' }, ['release-unknown']],
  ])('%s', (_, more, expected) => expect(codes(openingIssues({ ...county, ...more }, sites, ['standard-1']))).toEqual(expected))
})
