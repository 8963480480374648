import { documentPath, feedPath, homePath, siteOrigin } from '@cluster/shared/delivery/addresses'
import type { Entry, SiteRecord } from '@cluster/shared/delivery/records'
import { columnTag, latestTag } from '@cluster/shared/delivery/tags'
import { DOCUMENT_KINDS } from '@cluster/shared/publishing/kinds'
import { chromeTags } from '../load/chrome.ts'
import type { Services } from '../load/context.ts'
import { tagsOfEntries } from '../load/entries.ts'
import type { RenderedPage } from '../page-store/page.ts'
import { element, escapeXml } from './xml.ts'

const NEWEST = 30

/** `/rss.xml`: the newest documents of a site (RSS 2.0). */
export async function renderFeed(services: Services, site: SiteRecord): Promise<RenderedPage> {
  const answer = await services.delivery.latest(site.slug, NEWEST)
  const entries = (answer?.entries ?? []).slice(0, NEWEST)
  return {
    status: 200,
    contentType: 'application/rss+xml; charset=utf-8',
    body: Buffer.from(feedXml({ site, origin: siteOrigin(services.originPattern, site), entries })),
    tags: [
      ...new Set([
        ...chromeTags(site),
        latestTag(site.slug),
        ...site.columns.map((column) => columnTag(site.slug, column.key)),
        ...tagsOfEntries(entries),
      ]),
    ],
    freshUntil: null,
    isStorable: true,
  }
}

/** The feed's text. Its date is the newest document's, so that the same documents give the same bytes. */
export function feedXml({
  site,
  origin,
  entries,
}: {
  site: SiteRecord
  origin: string
  entries: readonly Entry[]
}): string {
  const items = entries.map((entry) => {
    const url = `${origin}${documentPath(entry)}`
    const column = site.columns.find((each) => each.key === entry.columnKey)
    return [
      '    <item>',
      `      ${element('title', entry.title)}`,
      `      ${element('link', url)}`,
      `      <guid isPermaLink="true">${escapeXml(url)}</guid>`,
      `      ${element('pubDate', new Date(entry.publishedAt).toUTCString())}`,
      `      ${element('category', column?.name ?? DOCUMENT_KINDS[entry.kind])}`,
      ...(entry.summary === '' ? [] : [`      ${element('description', entry.summary)}`]),
      '    </item>',
    ].join('\n')
  })
  const newest = entries[0]?.publishedAt
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    '  <channel>',
    `    ${element('title', site.name)}`,
    `    ${element('link', `${origin}${homePath()}`)}`,
    `    ${element('description', `${site.office}最新发布`)}`,
    '    <language>zh-CN</language>',
    `    <atom:link href="${escapeXml(`${origin}${feedPath()}`)}" rel="self" type="application/rss+xml" />`,
    ...(newest === undefined ? [] : [`    ${element('lastBuildDate', new Date(newest).toUTCString())}`]),
    ...items,
    '  </channel>',
    '</rss>',
    '',
  ].join('\n')
}
