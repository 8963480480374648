import { describe, expect, it } from 'vitest'
import type { ArticleRecord, PolicyRecord } from '@cluster/shared/delivery/records'
import { entry, loadContext, siteRecord } from '../testing/records.ts'
import { makePager } from './entries.ts'
import { loadPage } from './page.ts'

const article: ArticleRecord = {
  collection: 'articles',
  id: 12,
  site: 'suzhou-kunshan',
  kind: 'update',
  column: { key: 'updates', name: '工作动态' },
  disclosure: {
    chain: [{ link: 'draft', name: '陆文婷', unit: '综合科', at: '2026-11-18T07:00:00Z' }],
    digest: `sha256:${'0'.repeat(64)}`,
  },
  publishedAt: '2026-11-18T07:20:00Z',
  corrections: [],
  body: { text: '', anchors: [] },
  content: {
    title: '清单公布',
    summary: '摘要',
    keywords: [],
    html: '',
    origin: { type: 'original' },
    attachments: [],
  },
}
const published = {
  state: 'published' as const,
  record: article,
  related: [],
  sameTitle: [],
  isCurrent: true,
  titleKey: 'k',
  previous: null,
  next: null,
}
const load = (context: ReturnType<typeof loadContext>, address: Parameters<typeof loadPage>[1]) =>
  loadPage(context, address, 'ref')

describe('a home page', () => {
  const answer = {
    columns: { updates: [entry(), entry({ id: 13, site: 'suzhou' }), entry({ id: 14, site: 'suzhou', placedOn: 'suzhou-kunshan' })] },
    policies: [],
    letters: null,
    documents: { own: 2, subtree: 2 },
    subtree: [],
  }

  it('links its own documents by path and those of others absolutely', async () => {
    const { page } = await load(loadContext('suzhou-kunshan', '/', { delivery: { home: async () => answer } }), {
      page: 'home',
    })
    if (page.kind !== 'home') throw new Error(page.kind)
    expect(page.updates.map((each) => each.href)).toEqual([
      '/articles/12/',
      'http://sz.example.cn:4321/articles/13/',
      '/articles/14/',
    ])
    // What another office wrote and this site shows says so.
    expect(page.updates.map((each) => [each.isRepost ?? false, each.siteName])).toEqual([
      [false, '昆山机构编制'],
      [false, '苏州机构编制'],
      [true, '苏州机构编制'],
    ])
    expect(page.notices).toEqual([])
  })

  it('is purged by its columns, its documents and what the site or those below it publish', async () => {
    const { tags } = await load(loadContext('suzhou-kunshan', '/', { delivery: { home: async () => answer } }), {
      page: 'home',
    })
    for (const tag of [
      'cluster',
      'directory',
      'site:suzhou-kunshan',
      'latest:suzhou-kunshan',
      'column:suzhou-kunshan/updates',
      'doc:articles/12',
    ]) {
      expect(tags).toContain(tag)
    }
  })

  it('shows the cities by region, the counties of a city, or the neighbours of a county', async () => {
    const groups = async (slug: string) => {
      const { page } = await load(loadContext(slug, '/', { delivery: { home: async () => answer } }), { page: 'home' })
      if (page.kind !== 'home') throw new Error(page.kind)
      return page.sites.map((group) => [group.label, group.sites.length])
    }
    expect(await groups('jiangsu')).toEqual([
      ['苏南', 5],
      ['苏中', 3],
      ['苏北', 5],
    ])
    expect((await groups('suzhou'))[0]?.[0]).toBe('所辖县（市、区）')
    const [neighbours] = await groups('suzhou-kunshan')
    expect(neighbours?.[0]).toBe('苏州其他县（市、区）')
    expect(neighbours?.[1]).toBe(Number((await groups('suzhou'))[0]?.[1]) - 1)
  })
})

describe('a document', () => {
  it('is rendered again when its neighbours change; only the column’s ends follow the column', async () => {
    const tagsWith = async (more: object) =>
      (
        await load(
          loadContext('suzhou-kunshan', '/articles/12/', {
            delivery: { document: async () => ({ ...published, ...more }) },
          }),
          { page: 'document', collection: 'articles', id: 12 },
        )
      ).tags
    const newest = await tagsWith({ previous: entry({ id: 11 }) })
    expect(newest).toEqual(
      expect.arrayContaining([
        'doc:articles/12',
        'title:suzhou-kunshan/k',
        'doc:articles/11',
        'column:suzhou-kunshan/updates',
      ]),
    )
    const inner = await tagsWith({ previous: entry({ id: 11 }), next: entry({ id: 13 }) })
    expect(inner).not.toContain('column:suzhou-kunshan/updates')
    expect(inner).toContain('doc:articles/13')
  })

  it('that comes into force later says so until that midnight', async () => {
    const policy: PolicyRecord = {
      ...article,
      collection: 'policies',
      kind: 'policy',
      content: {
        title: '办法',
        summary: '',
        keywords: [],
        html: '',
        indexNumber: '1',
        subject: '综合',
        genre: '办法',
        validity: 'in-force',
        effectiveOn: '2026-12-01',
        history: [],
        attachments: [],
      },
    }
    const { freshUntil } = await load(
      loadContext('suzhou-kunshan', '/policies/12/', {
        delivery: { document: async () => ({ ...published, record: policy }) },
      }),
      { page: 'document', collection: 'policies', id: 12 },
    )
    expect(freshUntil).toBe(Date.parse('2026-11-30T16:00:00Z'))
  })

  it('that was withdrawn is a stored 410', async () => {
    const tombstone = {
      collection: 'articles' as const,
      id: 12,
      site: 'suzhou-kunshan',
      column: article.column,
      title: '清单公布',
      publishedAt: article.publishedAt,
      withdrawnAt: '2026-11-19T00:00:00Z',
      reason: '数据有误',
      name: '周立新',
      unit: '分管负责人',
    }
    const loaded = await load(
      loadContext('suzhou-kunshan', '/articles/12/', {
        delivery: { document: async () => ({ state: 'withdrawn', tombstone }) },
      }),
      { page: 'document', collection: 'articles', id: 12 },
    )
    expect(loaded).toMatchObject({ status: 410, isStorable: true, page: { kind: 'gone', tombstone } })
    expect(loaded.tags).toContain('doc:articles/12')
  })

  const placedOn = (site: string, record: ArticleRecord | PolicyRecord) =>
    load(
      loadContext(site, `/${record.collection}/12/`, {
        delivery: {
          document: async () => ({
            ...published,
            record,
            placement: { column: { key: 'notices', name: '通知公告' }, mode: 'mandatory' as const },
          }),
        },
      }),
      { page: 'document', collection: record.collection, id: 12 },
    )

  it('of another site stands in the showing site’s column, with its source, its names and a link to the original', async () => {
    const { page, tags } = await placedOn('suzhou-taicang', article)
    if (page.kind !== 'article') throw new Error(page.kind)
    const original = 'http://suzhou-kunshan.localhost:4321/articles/12/'
    expect(page.chrome.head.canonical).toBe(original)
    expect(page.chrome.path).toBe('/articles/12/')
    expect(page.chrome.breadcrumbs.map(({ href }) => href)).toEqual(['/', '/columns/notices/', '/articles/12/'])
    expect(page.chrome.navigation.find(({ isCurrent }) => isCurrent)?.label).toBe('通知公告')
    expect(page.record.content.origin).toEqual({ type: 'repost', source: '中共昆山市委机构编制委员会办公室', url: original })
    expect(page.record.disclosure).toEqual(article.disclosure)
    expect(page.placement).toEqual({ office: '中共昆山市委机构编制委员会办公室', href: original, mode: 'mandatory' })
    const labels = new Map(page.chrome.head.labels.map(({ name, content }) => [name, content]))
    expect(labels.get('ContentSource')).toBe('中共昆山市委机构编制委员会办公室')
    expect(labels.get('SiteDomain')).toBe('suzhou-taicang.localhost:4321')
    expect(tags).toEqual(
      expect.arrayContaining(['doc:articles/12', 'title:suzhou-taicang/k', 'column:suzhou-taicang/notices']),
    )
  })

  it('of another site that had it from elsewhere names both', async () => {
    const copied = { ...article, content: { ...article.content, origin: { type: 'repost' as const, source: '新华社' } } }
    const { page } = await placedOn('suzhou-taicang', copied)
    if (page.kind !== 'article') throw new Error(page.kind)
    expect(page.record.content.origin).toMatchObject({ source: '中共昆山市委机构编制委员会办公室（转自新华社）' })
  })

  it('that was withdrawn leads back to the showing site’s own column', async () => {
    const tombstone = {
      collection: 'articles' as const,
      id: 12,
      site: 'suzhou',
      column: { key: 'local-news', name: '苏州要闻' },
      title: '清单公布',
      publishedAt: article.publishedAt,
      withdrawnAt: '2026-11-19T00:00:00Z',
      reason: '数据有误',
      name: '周立新',
      unit: '分管负责人',
    }
    const { page, status } = await load(
      loadContext('suzhou-kunshan', '/articles/12/', {
        delivery: {
          document: async () => ({ state: 'withdrawn', tombstone, placement: { column: { key: 'updates', name: '工作动态' } } }),
        },
      }),
      { page: 'document', collection: 'articles', id: 12 },
    )
    expect([status, page.chrome.breadcrumbs[1]]).toEqual([410, { label: '工作动态', href: '/columns/updates/' }])
  })

  it('that the site does not have is a 404 that is not stored, with its list suggested', async () => {
    const loaded = await load(
      loadContext('suzhou-kunshan', '/policies/99/', { delivery: { document: async () => null } }),
      { page: 'document', collection: 'policies', id: 99 },
    )
    expect(loaded).toMatchObject({
      status: 404,
      isStorable: false,
      page: { kind: 'not-found', asked: '/policies/99/' },
    })
    if (loaded.page.kind === 'not-found') expect(loaded.page.suggestions[0]?.href).toBe('/columns/policies/')
  })
})

describe('a column', () => {
  const answer = (page: number) => ({
    column:
      siteRecord('suzhou').columns[0] ??
      (() => {
        throw new Error('no column')
      })(),
    entries: [entry()],
    total: 41,
    page,
    pages: 3,
  })

  it('pages by path', async () => {
    const { page } = await load(
      loadContext('suzhou-kunshan', '/columns/updates/p/2/', {
        delivery: { column: async (_site, _key, number) => answer(number) },
      }),
      { page: 'column', key: 'updates', number: 2 },
    )
    if (page.kind !== 'column') throw new Error(page.kind)
    expect(page.pager).toMatchObject({ previous: '/columns/updates/', next: '/columns/updates/p/3/' })
  })

  it('has no page behind its last', async () => {
    const { status } = await load(
      loadContext('suzhou-kunshan', '/columns/updates/p/4/', {
        delivery: { column: async (_site, _key, number) => answer(number) },
      }),
      { page: 'column', key: 'updates', number: 4 },
    )
    expect(status).toBe(404)
  })
})

it('the directory has all 109 sites, by region and city', async () => {
  const { page } = await load(loadContext('suzhou', '/sites/'), { page: 'directory' })
  if (page.kind !== 'directory') throw new Error(page.kind)
  const cities = page.regions.flatMap((region) => region.cities)
  expect(1 + cities.length + cities.flatMap((city) => city.counties).length).toBe(109)
})

it('a pager shows the ends and the pages around the current one', () => {
  const pager = makePager({ page: 10, pages: 20, total: 400, hrefOf: String })
  expect(pager.links.map((link) => link.number)).toEqual([1, 8, 9, 10, 11, 12, 20])
  expect(makePager({ page: 1, pages: 0, total: 0, hrefOf: String })).toMatchObject({
    previous: null,
    next: null,
    links: [],
  })
})
