import type { PayloadRequest } from 'payload'
import type { DocumentRecord } from '@cluster/shared/delivery/records'
import { query, sql } from '../database/query.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'

/** Each correction that led to a new public copy, with the reason that was given when it was opened. */
export async function correctionsOf(
  req: PayloadRequest, { collection, id }: { collection: ReviewedCollection; id: number },
): Promise<DocumentRecord['corrections']> {
  const rows = await query<{ reason: string; name: string; unit: string; at: string }>(req, sql`
    select reason, person_name as name, unit, at from cluster.transitions
    where collection = ${collection} and document_id = ${id} and action = 'correct' order by id`)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}
