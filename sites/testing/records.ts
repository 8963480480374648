import { siteChoicesSchema, type Entry, type SiteRecord, type SiteSummary } from '@cluster/shared/delivery/records'
import { JIANGSU_SITES, officeName, portalName } from '@cluster/shared/governance/site-tree'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import type { LoadContext, Services } from '../load/context.ts'

/** The real site tree as the delivery server's directory gives it; 苏州 with a domain of its own. */
export const SUMMARIES: readonly SiteSummary[] = JIANGSU_SITES.map((site) => ({
  slug: site.slug,
  name: portalName(site),
  office: officeName(site),
  division: site.division,
  divisionCode: site.divisionCode,
  level: site.level,
  region: site.region,
  parent: site.parent,
  ...(site.slug === 'suzhou' ? { domain: 'sz.example.cn' } : {}),
}))

export function siteRecord(slug: string): SiteRecord {
  const summary = SUMMARIES.find((site) => site.slug === slug)
  if (!summary) throw new Error(`no site ${slug}`)
  return {
    ...summary,
    release: 'standard-1',
    choices: siteChoicesSchema.parse({}),
    columns: MANDATED_COLUMNS.map(({ key, name, description, kind }) => ({
      key,
      name,
      description,
      kind,
      isMandated: true,
    })),
    footer: { sponsor: summary.office, siteIdCode: 'bm32000001' },
  }
}

export function entry(more: Partial<Entry> = {}): Entry {
  return {
    collection: 'articles',
    id: 12,
    kind: 'update',
    site: 'suzhou-kunshan',
    columnKey: 'updates',
    title: '清单公布',
    summary: '摘要',
    publishedAt: '2026-11-18T07:20:00.000Z',
    ...more,
  }
}

/** A context for loading a page of `slug`; the delivery server answers only what a test gives it. */
export function loadContext(
  slug: string,
  path: string,
  more: { delivery?: Partial<Services['delivery']>; query?: string; form?: string } = {},
): LoadContext {
  return {
    services: {
      delivery: more.delivery as Services['delivery'],
      intake: { sendLetter: async () => ({ state: 'received', code: '2345-6789-ABCD' }), acknowledge: async () => undefined, preview: async () => null },
      directory: { sites: () => SUMMARIES, site: (each) => SUMMARIES.find((site) => site.slug === each) },
      originPattern: 'http://{slug}.localhost:4321',
      now: () => new Date('2026-11-20T00:00:00.000Z'),
    },
    site: siteRecord(slug),
    path,
    query: new URLSearchParams(more.query),
    form: more.form === undefined ? null : new URLSearchParams(more.form),
  }
}
