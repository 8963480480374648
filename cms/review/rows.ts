import type { PayloadRequest } from 'payload'
import type { State } from '@cluster/shared/publishing/states'
import { query, sql } from '../database/query.ts'
import { REVIEWED_TABLES, type ReviewedCollection } from '../domains/slugs.ts'

/** The chain's part of a document's row. */
export type HeldRow = {
  id: number
  siteId: number
  state: State
  version: number
  isLive: boolean
  authorId: number | null
  publishedAt: string | null
  scheduledFor: string | null
  reviewDueAt: string | null
}

const selectRow = (collection: ReviewedCollection, id: number) => sql`
  select id, site_id as "siteId", state, version::int as version, coalesce(is_live, false) as "isLive", author_id as "authorId",
    published_at as "publishedAt", scheduled_for as "scheduledFor", review_due_at as "reviewDueAt"
  from ${sql.identifier(REVIEWED_TABLES[collection])} where id = ${id}`

/** Reads the row as it stands now, without keeping anybody from changing it. */
export async function readRow(req: PayloadRequest, collection: ReviewedCollection, id: number): Promise<HeldRow | undefined> {
  const [row] = await query<HeldRow>(req, selectRow(collection, id))
  return row
}

/** Reads the row and locks it until the transaction ends. */
export async function lockRow(req: PayloadRequest, collection: ReviewedCollection, id: number): Promise<HeldRow | undefined> {
  const [row] = await query<HeldRow>(req, sql`${selectRow(collection, id)} for update`)
  return row
}

export type RowChange = {
  state: State
  isLive: boolean
  publishedAt: string | null
  scheduledFor: string | null
  reviewDueAt: string | null
}

/** Writes the outcome of a transition. Nothing else in the product writes these columns. */
export async function writeRow(req: PayloadRequest, collection: ReviewedCollection, id: number, change: RowChange, now: string): Promise<void> {
  await query(req, sql`
    update ${sql.identifier(REVIEWED_TABLES[collection])}
    set state = ${change.state}, is_live = ${change.isLive}, published_at = ${change.publishedAt}, scheduled_for = ${change.scheduledFor},
      review_due_at = ${change.reviewDueAt}, waiting_since = ${now}, updated_at = ${now}
    where id = ${id}`)
}
