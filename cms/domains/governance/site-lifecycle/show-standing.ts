import type { PayloadRequest } from 'payload'
import { clusterTag, directoryTag, latestTag, navigationTag, siteTag } from '@cluster/shared/delivery/tags'
import type { Standing } from '@cluster/shared/governance/site-lifecycle/standing'
import { query, sql } from '../../../database/query.ts'
import { storeSiteRecord } from '../../../delivery/project-site.ts'
import { waitForWriters } from './frozen.ts'
import type { ChangeSite } from './store.ts'

export type StandingChange = { standing: Standing | null; isFrozen: boolean; reason?: string }

/**
 * Writes how a site stands and brings its public record in line. Null and not frozen: it is simply open again.
 * @returns tags of all pages that say so: the site's own, and the directory where readers hear of it
 */
export async function showStanding(
  req: PayloadRequest, site: Pick<ChangeSite, 'id' | 'slug' | 'path'>, { standing, isFrozen, reason = '' }: StandingChange,
): Promise<string[]> {
  await waitForWriters(req, site.id)
  const [before] = await query<{ standing: Standing | null }>(req, sql`select standing from cluster.site_standings where site_id = ${site.id} for update`)
  await query(req, sql`
    insert into cluster.site_standings (site_id, standing, is_frozen, reason) values (${site.id}, ${standing ? JSON.stringify(standing) : null}::jsonb, ${isFrozen}, ${reason})
    on conflict (site_id) do update set standing = excluded.standing, is_frozen = excluded.is_frozen, reason = excluded.reason`)
  if (JSON.stringify(before?.standing ?? null) === JSON.stringify(standing)) return []
  await storeSiteRecord(req, site.id)
  return [siteTag(site.slug), navigationTag(site.slug), directoryTag(), clusterTag(), ...site.path.split('/').filter(Boolean).map(latestTag)]
}
