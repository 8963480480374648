import type { PayloadRequest } from 'payload'
import { levelBelow, type OpeningFacts } from '@cluster/shared/governance/site-lifecycle/opening'
import type { SiteFact } from '@cluster/shared/governance/site-tree'
import { query, sql } from '../../../database/query.ts'
import { buildSites } from '../../../seed/open-sites.ts'
import { showStanding } from './show-standing.ts'
import { type ChangeSite, readSites } from './store.ts'

const REASON = '站点正在开设。'

/** Builds the site as its template has it; portals answer that it is being set up. @returns the tags of the pages that hear of it */
export async function buildStructure(req: PayloadRequest, facts: OpeningFacts): Promise<string[]> {
  const parent = (await readSites(req)).find(({ slug }) => slug === facts.parent)!
  const { slug, division, divisionCode, region } = facts
  const site: SiteFact = { slug, division, divisionCode, region, level: levelBelow(parent.level)!, parent: parent.slug, path: `${parent.path}${slug}/` }
  const { address, phone, email } = facts.contact
  const contact = { ...(address ? { address } : {}), ...(phone ? { phone } : {}), ...(email ? { email } : {}) }
  const ids = await buildSites(req, [site], { contacts: new Map([[slug, contact]]), release: facts.release })
  return showStanding(req, { id: ids.get(slug)!, slug, path: site.path }, { standing: { state: 'opening' }, isFrozen: false, reason: REASON })
}

/** Takes away a site in which nobody has kept anything yet. The caller has made sure of that. @returns the tags of the pages that knew it */
export async function removeStructure(req: PayloadRequest, site: ChangeSite): Promise<string[]> {
  const tags = await showStanding(req, site, { standing: null, isFrozen: true, reason: REASON })
  await query(req, sql`delete from layouts where site_id = ${site.id}`)
  await query(req, sql`delete from columns where site_id = ${site.id}`)
  await query(req, sql`delete from delivery.sites where slug = ${site.slug}`)
  await query(req, sql`delete from cluster.site_standings where site_id = ${site.id}`)
  await query(req, sql`delete from sites where id = ${site.id}`)
  return tags
}
