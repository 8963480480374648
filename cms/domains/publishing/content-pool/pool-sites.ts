import type { PayloadRequest } from 'payload'
import type { ColumnRecord } from '@cluster/shared/delivery/records'
import { UNLISTED_STATES } from '@cluster/shared/governance/site-lifecycle/standing'
import type { SiteLevel } from '@cluster/shared/governance/site-tree'
import { query, sql } from '../../../database/query.ts'

/** A site as the content pool sees it. */
export type PoolSite = {
  id: number
  slug: string
  path: string
  level: SiteLevel
  /** Slug of the site above. */
  parent: string | null
  division: string
  name: string
  office: string
  /** Own host name, where it has one. */
  domain: string | null
  columns: ColumnRecord[]
}

/** All sites that readers are shown, with their columns as the public has them, each parent before its children. */
export function poolSites(req: PayloadRequest): Promise<PoolSite[]> {
  return query<PoolSite>(req, sql`
    select sites.id, sites.slug, sites.path, record->>'level' as level, record->>'parent' as parent, record->>'division' as division,
      record->>'name' as name, record->>'office' as office, record->>'domain' as domain, record->'columns' as columns
    from sites join delivery.sites as public_site on public_site.slug = sites.slug
    where coalesce(record->'standing'->>'state', '') <> all (${sql.param([...UNLISTED_STATES])}::text[]) order by record->>'divisionCode', sites.slug`)
}
