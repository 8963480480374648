import { describe, expect, it } from 'vitest'
import type { ArticleContent, PolicyContent } from '../delivery/records.ts'
import { articleIssues, policyIssues, SUMMARY_LIMIT, TITLE_LIMIT } from './completeness.ts'

const article: ArticleContent = { title: '清单公布', summary: '摘要', keywords: [], html: '', origin: { type: 'original' }, attachments: [] }
const place = { columnKey: 'updates', columnKind: 'update', kind: 'update', text: '正文写得足够长，可以提交了。', interprets: [] }
const policy: PolicyContent = {
  title: '编制管理办法', summary: '摘要', keywords: [], html: '', indexNumber: 'x', documentNumber: '苏编办发〔2026〕1号', issuer: '省委编办', subject: '综合', genre: '办法',
  validity: 'in-force', issuedOn: '2026-01-02', history: [], attachments: [],
}
const policyPlace = { columnKey: 'policies', columnKind: 'policy', kind: 'policy', text: '正文写得足够长，可以提交了。', isImported: false }
const told = (issues: ReturnType<typeof articleIssues>) => issues.map(({ code, path, severity }) => `${severity}:${code}${path ? `@${path}` : ''}`)

describe('an article', () => {
  it('that is complete has no issue', () => expect(articleIssues(article, place)).toEqual([]))

  it.each<[string, Partial<ArticleContent>, Partial<typeof place>, string[]]>([
    ['without a title', { title: ' ' }, {}, ['error:title-required@title']],
    ['with too long a title', { title: '长'.repeat(TITLE_LIMIT + 1) }, {}, ['error:title-too-long@title']],
    ['without a summary', { summary: '' }, {}, ['warning:summary-missing@summary']],
    ['with too long a summary', { summary: '长'.repeat(SUMMARY_LIMIT + 1) }, {}, ['error:summary-too-long@summary']],
    ['without a body', {}, { text: ' 短 ' }, ['error:body-required@body']],
    ['without a column', {}, { columnKey: null, columnKind: null } as never, ['error:column-required@column']],
    ['in a column of another kind', {}, { columnKind: 'notice' }, ['error:column-mismatch@column']],
    ['reposted without its source', { origin: { type: 'repost', source: ' ' } }, {}, ['error:source-required@origin.source']],
    ['that interprets nothing', {}, { kind: 'interpretation', columnKind: 'interpretation' }, ['error:policy-required@policies']],
  ])('%s is told so', (_, content, where, expected) => {
    expect(told(articleIssues({ ...article, ...content }, { ...place, ...where }))).toEqual(expected)
  })

  it('is told everything at once', () => {
    expect(articleIssues({ ...article, title: '', summary: '' }, { ...place, text: '', columnKey: null, columnKind: null })).toHaveLength(4)
  })

  it('at the limits is complete', () => {
    expect(articleIssues({ ...article, title: '长'.repeat(TITLE_LIMIT), summary: '长'.repeat(SUMMARY_LIMIT) }, place)).toEqual([])
  })
})

describe('a policy document', () => {
  it('that is complete has no issue', () => expect(policyIssues(policy, policyPlace)).toEqual([]))

  const bare = { issuer: undefined, issuedOn: undefined, documentNumber: undefined, validity: 'unknown' as const }
  it('needs its metadata', () => {
    expect(told(policyIssues({ ...policy, ...bare }, policyPlace))).toEqual([
      'error:issuer-missing@issuer', 'warning:document-number-missing@documentNumber', 'error:issue-date-missing@issuedOn', 'error:validity-unknown@validity'])
  })

  it('that came by import may lack them, which is a finding', () => {
    expect(told(policyIssues({ ...policy, ...bare }, { ...policyPlace, isImported: true })).every((issue) => issue.startsWith('warning:'))).toBe(true)
  })

  it('is not repealed before it was issued, imported or not', () => {
    const contradiction = { ...policy, repealedOn: '2025-12-31' }
    for (const isImported of [true, false]) expect(told(policyIssues(contradiction, { ...policyPlace, isImported }))).toEqual(['error:dates-contradict@repealedOn'])
    expect(policyIssues({ ...policy, repealedOn: '2026-01-02' }, policyPlace)).toEqual([])
  })

  it('needs a text or an attachment', () => {
    expect(told(policyIssues(policy, { ...policyPlace, text: '' }))).toEqual(['error:body-required@body'])
    const attachment = { hash: 'a'.repeat(64), name: '附件.pdf', mediaType: 'application/pdf', bytes: 1, title: '附件' }
    expect(policyIssues({ ...policy, attachments: [attachment] }, { ...policyPlace, text: '' })).toEqual([])
  })
})
