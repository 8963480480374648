import {
  columnPath,
  crawlerMapPath,
  directoryPath,
  homePath,
  letterFormPath,
  siteMapPath,
  siteOrigin,
} from '@cluster/shared/delivery/addresses'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import { columnTag, latestTag } from '@cluster/shared/delivery/tags'
import { chromeTags } from '../load/chrome.ts'
import type { Services } from '../load/context.ts'
import type { RenderedPage } from '../page-store/page.ts'
import { element } from './xml.ts'

/** A file may name that many addresses (sitemaps.org protocol); above, an index names the files. */
export const ADDRESSES_PER_FILE = 50_000

export type MappedAddress = { path: string; changedAt: string | null }

/** `/sitemap.xml`, or its part `number`; `null` when there is no such part. */
export async function renderCrawlerMap(
  services: Services,
  site: SiteRecord,
  number?: number,
): Promise<RenderedPage | null> {
  const answer = await services.delivery.addresses(site.slug)
  if (!answer) return null
  const columns = answer.columns.filter((column) => column.total > 0)
  const addresses: MappedAddress[] = [
    { path: homePath(), changedAt: null },
    ...columns.map((column) => ({ path: columnPath(column.key), changedAt: column.changedAt })),
    ...[siteMapPath(), directoryPath(), letterFormPath()].map((path) => ({ path, changedAt: null })),
    ...answer.documents,
  ]
  const xml = crawlerMapXml({ origin: siteOrigin(services.originPattern, site), addresses, number })
  return xml === null
    ? null
    : {
        status: 200,
        contentType: 'application/xml; charset=utf-8',
        body: Buffer.from(xml),
        // A correction changes the time of a document, and announces the site's latest tag as well as the document's
        // own.
        tags: [
          ...new Set([
            ...chromeTags(site),
            latestTag(site.slug),
            ...site.columns.map((column) => columnTag(site.slug, column.key)),
          ]),
        ],
        freshUntil: null,
        isStorable: true,
      }
}

/**
 * The map's text: all addresses, one part of them, or the index of the parts; `null` for a part that there is not.
 */
export function crawlerMapXml({
  origin,
  addresses,
  number,
  perFile = ADDRESSES_PER_FILE,
}: {
  origin: string
  addresses: readonly MappedAddress[]
  number?: number | undefined
  perFile?: number
}): string | null {
  const parts = Math.ceil(addresses.length / perFile)
  if (number !== undefined && (number > parts || parts === 1)) return null
  if (number === undefined && parts > 1) {
    const lines = Array.from(
      { length: parts },
      (_, index) => `  <sitemap>${element('loc', `${origin}${crawlerMapPath(index + 1)}`)}</sitemap>`,
    )
    return wrap('sitemapindex', lines)
  }
  const start = ((number ?? 1) - 1) * perFile
  const lines = addresses.slice(start, start + perFile).map(({ path, changedAt }) => {
    const lastmod = changedAt === null ? '' : element('lastmod', changedAt)
    return `  <url>${element('loc', `${origin}${path}`)}${lastmod}</url>`
  })
  return wrap('urlset', lines)
}

function wrap(name: string, lines: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`,
    ...lines,
    `</${name}>`,
    '',
  ].join('\n')
}
