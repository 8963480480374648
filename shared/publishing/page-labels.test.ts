import { describe, expect, it } from 'vitest'
import type { ArticleRecord, LetterRecord, PolicyRecord } from '../delivery/records.ts'
import { documentDescription, minuteInShanghai, pageLabels } from './page-labels.ts'

const site = {
  name: '昆山机构编制',
  office: '中共昆山市委机构编制委员会办公室',
  footer: { sponsor: '昆山市委编办', siteIdCode: 'bm32058301' },
}
const column = { name: '工作动态', description: '工作进展', kind: 'update' } as const
const chain = [
  { link: 'draft' as const, name: '陆文婷', unit: '综合科', at: '2026-11-18T06:00:00Z' },
  { link: 'final-review' as const, name: '周立新', unit: '分管负责人', at: '2026-11-18T07:00:00Z' },
]
const common = {
  id: 12,
  site: 'suzhou-kunshan',
  column: { key: 'updates', name: '工作动态' },
  disclosure: { chain, digest: `sha256:${'0'.repeat(64)}` },
  publishedAt: '2026-11-18T07:20:00Z',
  corrections: [],
  body: { text: '正文第一句。', anchors: [] },
}
const article: ArticleRecord = {
  ...common,
  collection: 'articles',
  kind: 'update',
  content: {
    title: '清单公布',
    summary: '摘要',
    keywords: ['清单', '职责'],
    html: '',
    origin: { type: 'original' },
    attachments: [],
  },
}
const policy: PolicyRecord = {
  ...common,
  collection: 'policies',
  kind: 'policy',
  content: {
    title: '编制管理办法',
    summary: '',
    keywords: [],
    html: '',
    indexNumber: 'KS-1',
    subject: '编制管理',
    genre: '办法',
    validity: 'in-force',
    issuer: '中共昆山市委',
    history: [],
    attachments: [],
  },
}
const letter: LetterRecord = {
  ...common,
  collection: 'letters',
  kind: 'letter',
  content: {
    title: '咨询',
    letterKind: 'inquiry',
    sender: '王*',
    question: '怎么办理？',
    answer: '可以。',
    receivedOn: '2026-11-01',
    answeredBy: '综合科',
  },
}
const url = 'http://suzhou-kunshan.localhost:4321/articles/12/'
const valueOf = (labels: ReturnType<typeof pageLabels>, name: string) =>
  labels.find((label) => label.name === name)?.content

describe('pageLabels', () => {
  it('labels every page with its site', () => {
    expect(pageLabels({ site, url })).toEqual([
      { name: 'SiteName', content: '昆山机构编制' },
      { name: 'SiteDomain', content: 'suzhou-kunshan.localhost:4321' },
      { name: 'SiteIDCode', content: 'bm32058301' },
    ])
  })

  it('leaves out a label that has no value', () => {
    const labels = pageLabels({ site: { ...site, footer: { sponsor: '' } }, url, column, document: article })
    expect(labels.map((label) => label.name)).not.toContain('SiteIDCode')
    expect(labels.map((label) => label.name)).not.toContain('Image')
    expect(labels.every((label) => label.content !== '')).toBe(true)
  })

  it('labels a list with its column and no article', () => {
    expect(pageLabels({ site, url, column }).slice(3)).toEqual([
      { name: 'ColumnName', content: '工作动态' },
      { name: 'ColumnDescription', content: '工作进展' },
      { name: 'ColumnKeywords', content: '工作动态' },
      { name: 'ColumnType', content: '工作动态' },
    ])
  })

  it('labels an article in the order of the specification', () => {
    const labels = pageLabels({ site, url, column, document: article, imageUrl: 'http://x/files/1' })
    expect(labels.slice(7)).toEqual([
      { name: 'ArticleTitle', content: '清单公布' },
      { name: 'PubDate', content: '2026-11-18 15:20' },
      { name: 'ContentSource', content: '中共昆山市委机构编制委员会办公室' },
      { name: 'Keywords', content: '清单,职责' },
      { name: 'Author', content: '陆文婷' },
      { name: 'Description', content: '摘要' },
      { name: 'Image', content: 'http://x/files/1' },
      { name: 'Url', content: url },
    ])
  })

  it('names where a text comes from', () => {
    const repost: ArticleRecord = {
      ...article,
      content: { ...article.content, origin: { type: 'repost', source: '新华社' } },
    }
    expect(valueOf(pageLabels({ site, url, document: repost }), 'ContentSource')).toBe('新华社')
    expect(valueOf(pageLabels({ site, url, document: policy }), 'ContentSource')).toBe('中共昆山市委')
    expect(valueOf(pageLabels({ site, url, document: letter }), 'Author')).toBe('综合科')
  })
})

describe('documentDescription', () => {
  it('takes the summary, or the beginning of the text', () => {
    expect(documentDescription(article)).toBe('摘要')
    expect(documentDescription(policy)).toBe('正文第一句。')
    expect(documentDescription(letter)).toBe('怎么办理？')
  })

  it('is one line of at most 120 characters', () => {
    const long = documentDescription({ ...policy, body: { text: `第一行\n${'字'.repeat(300)}`, anchors: [] } })
    expect([...long]).toHaveLength(120)
    expect(long).toMatch(/^第一行 字+…$/)
  })
})

describe('minuteInShanghai', () => {
  it('counts the day of Shanghai', () => {
    expect(minuteInShanghai('2026-11-18T16:30:59.999Z')).toBe('2026-11-19 00:30')
    expect(minuteInShanghai('2026-11-19T00:30:00+08:00')).toBe('2026-11-19 00:30')
  })
})
