import { describe, expect, it } from 'vitest'
import { MANDATED_COLUMNS } from '../mandated-columns.ts'
import { type Gate, GATE_CODES, judgeSite, type PageEvidence, type SiteEvidence } from './gates.ts'
import { faultless } from './templates.fixtures.ts'

const release = faultless({ footer: ['sponsor', 'phone'] })
const LABELS = ['SiteName', 'SiteDomain', 'ColumnName', 'ColumnType', 'ArticleTitle', 'PubDate', 'ContentSource']
const page = (changes: Partial<PageEvidence> = {}): PageEvidence => ({
  kind: 'home', path: '/', status: 200, bytes: 30_000, renderMs: 12, markup: [], accessibility: [], labels: LABELS, releases: ['sample-1'], ...changes,
})
const site = (changes: Partial<SiteEvidence> = {}): SiteEvidence => ({
  pages: [page(), page({ kind: 'article', path: '/articles/1/' }), page({ kind: 'gone', path: '/articles/2/', status: 410 }), page({ kind: 'not-found', path: '/x/', status: 404 })],
  footer: { filled: ['sponsor', 'phone'], shown: ['sponsor', 'phone'] },
  columns: MANDATED_COLUMNS.map(({ key }) => key),
  home: { found: ['hero', 'updates'], expected: ['hero', 'updates'] },
  accent: { found: 'crimson', expected: 'crimson' },
  ...changes,
})
const reds = (evidence: SiteEvidence) => judgeSite(release, evidence).filter(({ isGreen }) => !isGreen).map(({ gate }) => gate)

describe('the gates of a site', () => {
  it('are all green where nothing is wrong', () => {
    expect(judgeSite(release, site()).map(({ gate, isGreen }) => [gate, isGreen])).toEqual(GATE_CODES.map((gate) => [gate, true]))
  })

  it.each<[Gate, Partial<SiteEvidence>, string]>([
    ['answers', { pages: [page({ status: 500 })] }, '状态是 500'],
    ['valid', { pages: [page({ markup: ['<li> 不在列表里'] })] }, '/：<li>'],
    ['accessible', { pages: [page({ accessibility: ['图片没有替代文字'] })] }, '替代文字'],
    ['labels', { pages: [page({ kind: 'article', labels: LABELS.slice(0, -1) })] }, 'ContentSource'],
    ['footer', { footer: { filled: ['sponsor'], shown: ['sponsor'] } }, '联系电话'],
    ['footer', { footer: { filled: ['sponsor', 'phone'], shown: ['sponsor'] } }, '页脚没有显示'],
    ['columns', { columns: MANDATED_COLUMNS.slice(1).map(({ key }) => key) }, '工作动态'],
    ['choices', { home: { found: ['hero', 'updates'], expected: ['updates', 'hero'] } }, '首页板块'],
    ['choices', { accent: { found: 'crimson', expected: 'pine' } }, '主色'],
    ['release', { pages: [page({ releases: ['sample-1', 'sample-2'] })] }, 'sample-2'],
    ['release', { pages: [page({ releases: [] })] }, '未知模板'],
    ['weight', { pages: [page({ bytes: 100_001 })] }, '100001 字节'],
    ['speed', { pages: [page({ renderMs: 60.4 })] }, '60 毫秒'],
  ])('%s turns red alone, and says where', (gate, changes, words) => {
    expect(reds(site(changes))).toEqual([gate])
    expect(judgeSite(release, site(changes)).find((verdict) => verdict.gate === gate)!.findings.join()).toContain(words)
  })
})
