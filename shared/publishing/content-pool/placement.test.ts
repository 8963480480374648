import { describe, expect, it } from 'vitest'
import { MANDATED_COLUMNS } from '../../governance/mandated-columns.ts'
import { JIANGSU_SITES } from '../../governance/site-tree.ts'
import type { ColumnRecord } from '../../delivery/records.ts'
import { adoptIssues, afterChange, columnFor, decideOffer, isLocked, type PoolItem, pushIssues, type PushRequest } from './placement.ts'

const MANDATED: ColumnRecord[] = MANDATED_COLUMNS.map(({ key, name, description, kind }) => ({ key, name, description, kind, isMandated: true }))
const local = (key: string, kind: ColumnRecord['kind']): ColumnRecord => ({ key, name: key, description: key, kind, isMandated: false })
const site = (slug: string) => ({ ...JIANGSU_SITES.find((each) => each.slug === slug)!, columns: MANDATED })
const item = (changes: Partial<PoolItem> = {}): PoolItem => ({
  collection: 'articles', id: 7, site: site('suzhou'), kind: 'notice', columnKey: 'notices', isPublished: true, placedFrom: null, ...changes,
})
const push = (changes: Partial<PushRequest> = {}) =>
  pushIssues({ item: item(), mode: 'mandatory', from: site('suzhou'), mayPublishThere: true, targets: [site('suzhou-kunshan'), site('suzhou-taicang')], ...changes })
    .map(({ code }) => code)

describe('the column for a text of another site', () => {
  it.each<[string, ColumnRecord[], string | null]>([
    ['of the same key', MANDATED, 'notices'],
    ['of the same kind that is mandated, where the key is a local one', [local('a-notices', 'notice'), ...MANDATED], 'notices'],
    ['of the same kind at all', [local('own', 'notice')], 'own'],
    ['is none where nothing fits', [local('own', 'update')], null],
  ])('%s', (_, columns, key) => expect(columnFor({ kind: 'notice', columnKey: key === 'own' ? 'notices' : 'special' }, columns)?.key ?? null).toBe(key))
})

describe('a push', () => {
  it('of an office\'s own published text to its subtree has nothing against it', () => expect(push()).toEqual([]))

  it.each<[string, Partial<PushRequest>, string]>([
    ['by somebody who may not publish', { mayPublishThere: false }, 'not-permitted'],
    ['by a county', { from: site('suzhou-kunshan') }, 'no-subtree'],
    ['of another office\'s text', { item: item({ site: site('nanjing') }) }, 'not-own'],
    ['of what was adopted', { item: item({ placedFrom: 'nanjing' }) }, 'not-original'],
    ['of a draft', { item: item({ isPublished: false }) }, 'not-published'],
    ['of a letter', { item: item({ collection: 'letters', kind: 'letter', columnKey: 'interaction' }) }, 'letters-stay'],
    ['to nobody', { targets: [] }, 'no-targets'],
    ['to another city\'s county', { targets: [site('nanjing-luhe')] }, 'outside-subtree'],
    ['to itself', { targets: [site('suzhou')] }, 'outside-subtree'],
    ['to a site without such a column', { targets: [{ ...site('suzhou-kunshan'), columns: [] }] }, 'no-column'],
  ])('%s is refused', (_, changes, code) => expect(push(changes)).toContain(code))
})

describe('adopting', () => {
  const adopt = (changes: Partial<Parameters<typeof adoptIssues>[0]> = {}) =>
    adoptIssues({ item: item(), to: site('nanjing'), isThereAlready: false, ...changes }).map(({ code }) => code)

  it('a sibling\'s or superior\'s published original has nothing against it', () => expect(adopt()).toEqual([]))

  it.each<[string, Parameters<typeof adopt>[0], string]>([
    ['one\'s own', { to: site('suzhou') }, 'own'],
    ['a copy', { item: item({ placedFrom: 'jiangsu' }) }, 'not-original'],
    ['what is not published', { item: item({ isPublished: false }) }, 'not-published'],
    ['a letter', { item: item({ collection: 'letters' }) }, 'letters-stay'],
    ['what is there', { isThereAlready: true }, 'there-already'],
    ['without a column for it', { to: { ...site('nanjing'), columns: [] } }, 'no-column'],
  ])('%s is refused', (_, changes, code) => expect(adopt(changes)).toContain(code))
})

describe('an offer', () => {
  it('is adopted, declined with a reason, or taken back, once', () => {
    expect(decideOffer('open', { action: 'adopt' })).toEqual({ issues: [], next: 'adopted' })
    expect(decideOffer('open', { action: 'decline', reason: '与本地政策不符' })).toEqual({ issues: [], next: 'declined' })
    expect(decideOffer('open', { action: 'decline', reason: '不' })).toMatchObject({ issues: [{ code: 'reason-required' }], next: 'open' })
    for (const state of ['adopted', 'withdrawn'] as const) expect(decideOffer(state, { action: 'decline', reason: '改变主意了' })).toMatchObject({ issues: [{ code: 'offer-closed' }], next: state })
  })

  it('that was declined may still be adopted', () => expect(decideOffer('declined', { action: 'adopt' }).next).toBe('adopted'))
})

describe('a placement', () => {
  it('follows its original, and tells the editor where the editor chose it', () => {
    expect(afterChange('mandatory', 'corrected')).toEqual({ shows: 'newest', tellsEditor: false })
    expect(afterChange('adopted', 'corrected')).toEqual({ shows: 'newest', tellsEditor: true })
    expect(afterChange('mandatory', 'withdrawn').shows).toBe('nothing')
    expect([isLocked('mandatory'), isLocked('offered'), isLocked('adopted')]).toEqual([true, false, false])
  })
})
