import type { PayloadRequest } from 'payload'
import type { DocumentRecord } from '@cluster/shared/delivery/records'
import { afterChange, PLACEMENT_MODES, type PlacementMode } from '@cluster/shared/publishing/content-pool/placement'
import { query, sql } from '../../database/query.ts'

const MODES = Object.keys(PLACEMENT_MODES) as PlacementMode[]

export type PoolChange = { change: 'corrected' | 'withdrawn'; parts: readonly string[]; reason: string; name: string; unit: string; at: string }

/** Leaves a notice for the editors of each site that chose to show the document: in their inbox until one of them has seen it. */
export async function tellAdopters(req: PayloadRequest, record: DocumentRecord, { change, parts, reason, name, unit, at }: PoolChange): Promise<void> {
  const modes = MODES.filter((mode) => afterChange(mode, change).tellsEditor)
  await query(req, sql`
    insert into cluster.pool_notices (site, collection, document_id, title, origin, change, parts, reason, person_name, unit, at)
    select site, collection, id, ${record.content.title}, ${record.site}, ${change}, ${sql.param(parts)}::text[], ${reason}, ${name}, ${unit}, ${at}
    from delivery.placements where collection = ${record.collection} and id = ${record.id} and mode = any (${sql.param(modes)}::text[])`)
}
