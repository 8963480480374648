import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import { officeName, portalName, type SiteFact } from '@cluster/shared/governance/site-tree'
import { clusterTag, directoryTag } from '@cluster/shared/delivery/tags'
import { forgetSiteTree } from '../access/site-tree-cache.ts'
import { inTransaction, query, sql } from '../database/query.ts'
import { announce } from '../delivery/announce.ts'
import { storeSiteRecord } from '../delivery/project-site.ts'
import { openLayouts } from '../domains/governance/layouts/open-layouts.ts'

/** What an office adds to the facts of its site. */
export type SiteContact = { address?: string; phone?: string; email?: string }

const RELEASE = 'standard-1'

/**
 * Opens the sites of a new cluster with their mandated columns, all in one transaction: a cluster is there as a whole or not at all.
 * Parents must come before their children. @returns slug → id
 */
export async function openSites(
  payload: Payload, sites: readonly SiteFact[], contacts: ReadonlyMap<string, SiteContact> = new Map(),
): Promise<Map<string, number>> {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const ids = await buildSites(req, sites, { contacts, release: RELEASE })
    for (const id of ids.values()) await storeSiteRecord(req, id)
    forgetSiteTree(payload)
    await announce(req, [directoryTag(), clusterTag()])
    return ids
  })
}

/**
 * Writes sites with the mandated columns and a home page layout without choices, within the request's transaction. What the public is
 * told of them is the caller's affair. A parent is one of the sites, before its children, or there already. @returns slug → id
 */
export async function buildSites(
  req: PayloadRequest, sites: readonly SiteFact[], { contacts, release }: { contacts: ReadonlyMap<string, SiteContact>; release: string },
): Promise<Map<string, number>> {
  const rows = sites.map((site) => {
    const { address, phone, email } = contacts.get(site.slug) ?? {}
    return {
      slug: site.slug, path: site.path, name: portalName(site), office: officeName(site), division: site.division, code: site.divisionCode,
      level: site.level, region: site.region, address, phone, email,
    }
  })
  const opened = await query<{ id: number; slug: string }>(req, sql`
    insert into sites (slug, path, name, office, division, division_code, level, region, release, footer_address, footer_phone, footer_email)
    select slug, path, name, office, division, code, level::enum_sites_level, region::enum_sites_region, ${release}, address, phone, email
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as site (slug text, path text, name text, office text, division text, code text, level text, region text, address text, phone text, email text)
    returning id, slug`)
  const ids = new Map(opened.map(({ id, slug }) => [slug, id]))
  const parents = sites.flatMap(({ slug, parent }) => (parent ? [{ id: ids.get(slug), parent }] : []))
  await query(req, sql`
    update sites set parent_id = above.id from jsonb_to_recordset(${JSON.stringify(parents)}::jsonb) as child (id int, parent text)
      join sites above on above.slug = child.parent where sites.id = child.id`)
  const columns = MANDATED_COLUMNS.map(({ key, name, kind, description }, index) => ({ key, name, kind, description, position: (index + 1) * 10 }))
  await query(req, sql`
    insert into columns (site_id, key, name, kind, description, "order", is_mandated)
    select sites.id, mandated.key, mandated.name, mandated.kind::enum_columns_kind, mandated.description, mandated.position, true
    from sites cross join jsonb_to_recordset(${JSON.stringify(columns)}::jsonb)
      as mandated (key text, name text, kind text, description text, position int)
    where sites.id = any (${sql.param([...ids.values()])}::int[])`)
  await openLayouts(req, [...ids.values()])
  return ids
}
