import type { PayloadRequest } from 'payload'
import { documentTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../database/query.ts'

export type PortalsReached = {
  /** Portals that were heard of within a day: one that has been silent for longer shows nothing stored any more. */
  known: number
  /** Those among them that have taken over the document's last change, in memory and on disk. */
  reached: number
}

/** How many portals have taken over the last change of a document; null where none was ever announced. */
export async function portalsReached(req: PayloadRequest, document: { collection: DocumentCollection; id: number }): Promise<PortalsReached | null> {
  const [announced] = await query<{ seq: string }>(req, sql`
    select seq from delivery.feed where tags @> array[${documentTag(document)}] order by seq desc limit 1`)
  if (!announced) return null
  const [portals] = await query<PortalsReached>(req, sql`
    select count(*)::integer as known, (count(*) filter (where (facts->>'seq')::bigint >= ${announced.seq}::bigint))::integer as reached
    from cluster.processes where kind = 'portal' and seen_at > now() - interval '1 day'`)
  return portals ?? null
}
