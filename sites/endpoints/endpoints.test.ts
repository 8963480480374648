import { describe, expect, it } from 'vitest'
import { Unreachable } from '../data/failures.ts'
import { entry, loadContext, siteRecord } from '../testing/records.ts'
import { crawlerMapXml, renderCrawlerMap } from './crawler-map.ts'
import { feedXml, renderFeed } from './feed.ts'
import { renderRobots } from './robots.ts'
import { renderSearchApi } from './search-api.ts'
import { escapeXml } from './xml.ts'

const origin = 'http://suzhou.localhost:4321'
const site = siteRecord('suzhou')

describe('the feed', () => {
  it('has one item a document, at absolute addresses', () => {
    const xml = feedXml({ site, origin, entries: [entry({ site: 'suzhou', title: '“清单”<公布> & 解读' })] })
    expect(xml).toContain('<title>“清单”&lt;公布&gt; &amp; 解读</title>')
    expect(xml).toContain(`<guid isPermaLink="true">${origin}/articles/12/</guid>`)
    expect(xml).toContain('<category>工作动态</category>')
    expect(xml).toContain('<lastBuildDate>Wed, 18 Nov 2026 07:20:00 GMT</lastBuildDate>')
  })

  it('has at most thirty, and goes when one of them changes or something is published', async () => {
    const { services } = loadContext('suzhou', '/', {
      delivery: {
        latest: async () => ({ entries: Array.from({ length: 50 }, (_, index) => entry({ id: index + 1 })) }),
      },
    })
    const page = await renderFeed(services, site)
    expect(page.body.toString().match(/<item>/g)).toHaveLength(30)
    expect(page.tags).toEqual(
      expect.arrayContaining(['latest:suzhou', 'doc:articles/30', 'column:suzhou/updates', 'cluster']),
    )
  })
})

describe('the map for crawlers', () => {
  const addresses = Array.from({ length: 5 }, (_, index) => ({
    path: `/articles/${index + 1}/`,
    changedAt: index === 0 ? '2026-11-18T07:20:00Z' : null,
  }))

  it('is one file while the addresses fit', () => {
    const xml = crawlerMapXml({ origin, addresses })
    expect(xml?.match(/<url>/g)).toHaveLength(5)
    expect(xml).toContain(`<url><loc>${origin}/articles/1/</loc><lastmod>2026-11-18T07:20:00Z</lastmod></url>`)
    expect(crawlerMapXml({ origin, addresses, number: 1 })).toBeNull()
  })

  it('is an index of parts when they do not, and loses none', () => {
    const index = crawlerMapXml({ origin, addresses, perFile: 2 })
    expect(index).toContain('<sitemapindex')
    expect(index?.match(/<loc>[^<]+<\/loc>/g)).toEqual(
      [1, 2, 3].map((part) => `<loc>${origin}/sitemap-${part}.xml</loc>`),
    )
    const parts = [1, 2, 3].map((number) => crawlerMapXml({ origin, addresses, perFile: 2, number }) ?? '')
    expect(parts.flatMap((part) => part.match(/<url>/g) ?? [])).toHaveLength(5)
    expect(crawlerMapXml({ origin, addresses, perFile: 2, number: 4 })).toBeNull()
  })

  it('names columns that hold something', async () => {
    const { services } = loadContext('suzhou', '/', {
      delivery: {
        addresses: async () => ({
          documents: [],
          columns: [
            { key: 'updates', total: 1, changedAt: null },
            { key: 'notices', total: 0, changedAt: null },
          ],
        }),
      },
    })
    const xml = (await renderCrawlerMap(services, site))?.body.toString()
    expect(xml).toContain('/columns/updates/')
    expect(xml).not.toContain('/columns/notices/')
  })
})

it('robots.txt keeps crawlers from answers for one reader, and names the map', () => {
  const text = renderRobots(loadContext('suzhou', '/').services, site).body.toString()
  expect(text).toContain('Disallow: /preview/')
  expect(text).toContain('Sitemap: http://sz.example.cn:4321/sitemap.xml')
})

describe('the search API', () => {
  const hit = {
    collection: 'policies' as const,
    id: 7,
    sourceId: 'law-7',
    kind: 'policy' as const,
    site: 'suzhou',
    siteName: '苏州机构编制',
    title: '编制管理条例',
    titleParts: [],
    snippetParts: [
      { text: '机构', isMatch: false },
      { text: '编制', isMatch: true },
    ],
    publishedAt: '2026-11-18T07:20:00.000Z',
  }
  const answerOf = async (
    query: string,
    search = async () => ({ hits: [hit], total: 1, page: 1, pages: 1, facets: {}, degraded: false }),
  ) => {
    const page = await renderSearchApi(
      loadContext('jiangsu', '/', { delivery: { search } }).services,
      new URLSearchParams(query),
    )
    return { status: page.status, isStorable: page.isStorable, body: JSON.parse(page.body.toString()) }
  }

  it('answers absolute addresses and the source’s own id', async () => {
    const { status, isStorable, body } = await answerOf('q=编制')
    expect(status).toBe(200)
    expect(isStorable).toBe(false)
    expect(body).toMatchObject({ total: 1, page: 1, pages: 1, degraded: false })
    expect(body.hits[0]).toMatchObject({
      title: '编制管理条例',
      url: 'http://sz.example.cn:4321/policies/7/',
      site: 'suzhou',
      kind: 'policy',
      sourceId: 'law-7',
      snippet: '机构编制',
    })
  })

  it('names the parameters that do not fit', async () => {
    const { status, body } = await answerOf('q=a&page=0&kind=nonsense')
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'bad-parameter', parameters: expect.arrayContaining(['page', 'kind']) })
  })

  it('says when nothing answers', async () => {
    expect((await answerOf('q=a', () => Promise.reject(new Unreachable('down')))).status).toBe(503)
  })
})

it('characters that XML cannot carry are left out', () => {
  expect(escapeXml('a\u0000b\u0008c\uFFFEd<e>"f"')).toBe('abcd&lt;e&gt;&quot;f&quot;')
})
