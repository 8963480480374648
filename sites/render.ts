import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { crawlerMapPath, feedPath, resolveAddress, robotsPath, searchApiPath } from '@cluster/shared/delivery/addresses'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import type { Trial } from '@cluster/shared/delivery/trial'
import { Unreachable } from './data/failures.ts'
import type { SiteRecords } from './data/site-records.ts'
import { renderCrawlerMap } from './endpoints/crawler-map.ts'
import { renderFeed } from './endpoints/feed.ts'
import { renderRobots } from './endpoints/robots.ts'
import { renderSearchApi } from './endpoints/search-api.ts'
import type { KnownHost } from './hosts/hosts.ts'
import { Overloaded, type createLimit } from './http/limit.ts'
import { logFailure } from './http/log.ts'
import type { Framed, Services } from './load/context.ts'
import { explainFailure } from './load/failure.ts'
import { withNotice } from './load/notice.ts'
import type { Visit } from './middleware/visit.ts'
import type { Counters } from './operator/counters.ts'
import type { RenderedPage } from './page-store/page.ts'

/** What a reader asks for, with everything that the page may depend on. */
export type Target = {
  /** Bare host name, as in the page store. */
  host: string
  path: string
  known: KnownHost
  query: URLSearchParams
  form: URLSearchParams | null
  /** Absent on ordinary visits. */
  trial?: Trial | null
}

/** The one thing that is asked of Astro's app. */
export type AstroRender = (request: Request, locals: { visit: Visit }) => Promise<Response>

export type Renderer = (target: Target) => Promise<RenderedPage>

/** True for the addresses that answer no page of a template release, but a file for programs. */
export function isEndpoint(path: string): boolean {
  return path === feedPath() || path === robotsPath() || path === crawlerMapPath() || CRAWLER_MAP_PART.test(path)
}

const CRAWLER_MAP_PART = /^\/sitemap-([1-9]\d{0,3})\.xml$/

/** Makes pages. Never rejects: what goes wrong comes back as a page that says so and is not stored. */
export function createRenderer({
  astro,
  services,
  siteRecords,
  limit,
  counters,
}: {
  astro: AstroRender
  services: Services
  siteRecords: SiteRecords
  limit: ReturnType<typeof createLimit>
  counters: Counters
}): Renderer {
  return async (target) => {
    const reference = randomBytes(4).toString('hex')
    const start = performance.now()
    try {
      return await limit(async () => {
        counters.counts.renders += 1
        return (await renderEndpoint(target)) ?? renderPage(target, reference)
      })
    } catch (error) {
      counters.counts.errors += 1
      logFailure({ reference, what: `answer ${target.host}${target.path}`, error })
      return plainFailure(error, reference)
    } finally {
      counters.timed(`${target.host}${target.path}`, performance.now() - start)
    }
  }

  async function renderEndpoint({ path, query, known }: Target): Promise<RenderedPage | null> {
    if (path === searchApiPath()) return renderSearchApi(services, query)
    if (!isEndpoint(path)) return null
    const site = await siteOf(known)
    if (path === feedPath()) return renderFeed(services, site)
    if (path === robotsPath()) return renderRobots(services, site)
    const part = CRAWLER_MAP_PART.exec(path)?.[1]
    return renderCrawlerMap(services, site, part === undefined ? undefined : Number(part))
  }

  async function siteOf(known: KnownHost): Promise<SiteRecord> {
    const site = await siteRecords.current(known.site)
    if (!site) throw new Unreachable(`the delivery server does not know the site ${known.site}`)
    return site
  }

  async function renderPage(target: Target, reference: string): Promise<RenderedPage> {
    const visit: Visit = {
      services,
      siteRecords,
      site: target.known.site,
      path: target.path,
      query: target.query,
      form: target.form,
      trial: target.trial ?? null,
      reference,
      log: (entry) => {
        counters.counts.errors += 1
        logFailure(entry)
      },
      outcome: null,
    }
    // Only the middleware reads the address, from the visit; Astro gets one at which its catch-all stands.
    const path = resolveAddress(target.path) ? target.path : '/404'
    const response = await astro(new Request(new URL(path, target.known.origin)), { visit })
    const outcome = visit.outcome ?? { status: 500, tags: [], freshUntil: null, isStorable: false }
    const isDrawn = response.status < 500
    return {
      status: isDrawn ? outcome.status : 500,
      contentType: 'text/html; charset=utf-8',
      body: outcome.framed ? inFrame(await response.text(), outcome.framed.files)
        : outcome.notice ? Buffer.from(withNotice(await response.text(), outcome.notice))
          : Buffer.from(await response.arrayBuffer()),
      tags: outcome.tags,
      freshUntil: outcome.freshUntil,
      isStorable: isDrawn && outcome.isStorable && !outcome.framed,
      ...(outcome.framed ? { framedBy: outcome.framed.by } : {}),
    }
  }
}

/** Within a frame links open beside it: the pages that they lead to may be shown in no frame. */
function inFrame(html: string, files: Framed['files']): Buffer {
  const apart = html.replace(/<head\b[^>]*>/i, '$&<base target="_blank">')
  return Buffer.from(files.reduce((text, { path, data }) => text.replaceAll(path, () => data), apart))
}

/** What a reader gets when not even the error page can be drawn. */
function plainFailure(error: unknown, reference: string): RenderedPage {
  const { status, message } =
    error instanceof Overloaded
      ? { status: 503, message: '现在访问的人太多，网站一时来不及应答。请过一会儿再打开本页。' }
      : explainFailure(error)
  const html = [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
    '<title>页面暂时打不开</title></head><body><main><h1>页面暂时打不开</h1>',
    `<p>${message}</p><p>编号：${reference}</p></main></body></html>`,
  ].join('')
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: Buffer.from(html),
    tags: [],
    freshUntil: null,
    isStorable: false,
  }
}
