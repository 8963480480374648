import type { PayloadRequest } from 'payload'
import { siteTag } from '@cluster/shared/delivery/tags'
import { query, sql } from '../../../database/query.ts'

type Switched = { sites: readonly string[]; release: string }

const listOf = (sites: readonly string[]) => sql`${sql.param([...sites])}::text[]`

/**
 * Switches sites to the rollout's release and notes what each ran before, so that it can go back. A site that runs the
 * release already keeps the note of an earlier switch.
 * @returns the tags of the pages that change
 */
export async function switchSites(req: PayloadRequest, rollout: number, { sites, release }: Switched): Promise<string[]> {
  await query(req, sql`
    insert into cluster.rollout_sites (rollout_id, site, previous)
    select ${rollout}, slug, release from sites where slug = any (${listOf(sites)}) and release <> ${release}
    on conflict (rollout_id, site) do update set previous = excluded.previous`)
  await query(req, sql`update sites set release = ${release}, updated_at = now() where slug = any (${listOf(sites)})`)
  return showRelease(req, sites)
}

/** Gives sites back what they ran before the rollout took them; one that it never took is left alone. @returns the tags of the pages that change */
export async function returnSites(req: PayloadRequest, rollout: number, sites: readonly string[]): Promise<string[]> {
  await query(req, sql`
    update sites set release = before.previous, updated_at = now() from cluster.rollout_sites before
    where before.rollout_id = ${rollout} and before.site = sites.slug and sites.slug = any (${listOf(sites)})`)
  return showRelease(req, sites)
}

/**
 * Brings the public records in line. One statement for all: the record's release is a copy of the site's, nothing else in
 * it depends on it, and a ring of ninety sites must be back within a second.
 */
async function showRelease(req: PayloadRequest, sites: readonly string[]): Promise<string[]> {
  await query(req, sql`
    update delivery.sites shown set record = jsonb_set(record, '{release}', to_jsonb(sites.release)) from sites
    where sites.slug = shown.slug and shown.slug = any (${listOf(sites)})`)
  return sites.map(siteTag)
}
