import type { PayloadRequest } from 'payload'
import { type Issue, refusal } from '@cluster/shared/issue'
import { query, sql } from '../../../database/query.ts'

/** Names the lock that writers of a site share and that freezing waits for: first key of two, the other is the site. */
const SITE_LOCK = 726_520

/**
 * Why nothing may be written on a site now, or in a text that a merger has carried there and may still carry back; null where work goes on.
 * Until the transaction's end the site is not frozen under the writer's hands.
 */
export async function frozenIssue(
  req: PayloadRequest, { siteId, collection, id }: { siteId: number; collection?: string | undefined; id?: number | undefined },
): Promise<Issue | null> {
  await query(req, sql`select pg_advisory_xact_lock_shared(${SITE_LOCK}::int, ${siteId}::int)`)
  const [frozen] = await query<{ reason: string }>(req, sql`select reason from cluster.site_standings where site_id = ${siteId} and is_frozen`)
  if (frozen) return refusal('site-frozen', frozen.reason)
  if (collection === undefined || id === undefined) return null
  const [moved] = await query(req, sql`
    select from cluster.site_change_moves join cluster.site_changes on site_changes.id = change_id
    where site_change_moves.kind = ${collection} and site_change_moves.id = ${String(id)} and state not in ('done', 'cancelled')`)
  return moved === undefined ? null
    : refusal('site-frozen', '这篇内容刚从被合并的站点搬来，合并完成以前不能修改，以便必要时原样搬回。内容有错，可以先撤稿。')
}

/** Waits until everybody who writes on the site has finished; who comes later sees what this transaction commits. */
export async function waitForWriters(req: PayloadRequest, siteId: number): Promise<void> {
  await query(req, sql`select pg_advisory_xact_lock(${SITE_LOCK}::int, ${siteId}::int)`)
}
