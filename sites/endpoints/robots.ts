import { crawlerMapPath, searchApiPath, searchPath, siteOrigin } from '@cluster/shared/delivery/addresses'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import { chromeTags } from '../load/chrome.ts'
import type { Services } from '../load/context.ts'
import type { RenderedPage } from '../page-store/page.ts'

/** `/robots.txt`: everything public may be read by crawlers, except answers that are made for one reader. */
export function renderRobots(services: Services, site: SiteRecord): RenderedPage {
  const lines = [
    'User-agent: *',
    `Disallow: ${searchPath()}?`,
    `Disallow: ${searchApiPath()}`,
    'Disallow: /letters/status/',
    'Disallow: /preview/',
    'Allow: /',
    '',
    `Sitemap: ${siteOrigin(services.originPattern, site)}${crawlerMapPath()}`,
    '',
  ]
  return {
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    body: Buffer.from(lines.join('\n')),
    tags: chromeTags(site),
    freshUntil: null,
    isStorable: true,
  }
}
