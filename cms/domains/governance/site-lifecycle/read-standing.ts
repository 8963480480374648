import type { PayloadRequest } from 'payload'
import type { Standing } from '@cluster/shared/governance/site-lifecycle/standing'
import { query, sql } from '../../../database/query.ts'

/** The standing of a site, for its public record. */
export async function readStanding(req: PayloadRequest, siteId: number): Promise<Standing | undefined> {
  const [row] = await query<{ standing: Standing | null }>(req, sql`select standing from cluster.site_standings where site_id = ${siteId}`)
  return row?.standing ?? undefined
}
