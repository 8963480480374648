import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import type { Disclosure } from '@cluster/shared/delivery/records'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { placeOf } from '../../../delivery/place.ts'
import { storeRecords } from '../../../delivery/store-records.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import { audit } from '../../../audit/record.ts'
import { lockRow } from '../../../review/rows.ts'
import { projectWaiting, shownOf, type WaitingDocument } from './project-waiting.ts'

/**
 * Documents made public in one transaction: well under a second of work, so that other publications hardly wait for the
 * feed.
 */
export const RELEASE_PORTION = 200

export type BatchRelease = { batch: number; disclosure: Disclosure }

/**
 * Makes the next portion of a signed batch public, in one transaction that ends with the order for the rest: killed at
 * any point, what was not committed is simply done again. Only what still is as it was signed goes out; a document that
 * somebody has edited, released or withdrawn since goes its own way.
 * @returns how many documents became public
 */
export async function releasePortion(
  payload: Payload,
  { batch: id, disclosure }: BatchRelease,
  { now, portion = RELEASE_PORTION }: { now: Date; portion?: number },
): Promise<number> {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const row = await lockRow(req, 'import-batches', id)
    if (row?.state !== 'published') return 0
    const waiting = await waitingDocuments(req, id, disclosure, portion)
    if (waiting.length === 0) return 0
    const batch = await payload.findByID({ collection: 'import-batches', id, depth: 0, req, overrideAccess: true })
    const place = await placeOf(req, batch)
    const at = now.toISOString()
    const { records, changed } = await projectWaiting(req, waiting, { place, at, shown: shownOf(batch, disclosure) })
    const tags = await storeRecords(req, records, { sitePath: place.site.path, now: at })
    await markPublished(
      req,
      records.map((record) => record.id),
      at,
    )
    await setAside(req, changed, at)
    await query(req, sql`
      update import_batches set released = (select count(*) from policies where batch_id = ${id} and is_live),
        updated_at = ${at} where id = ${id}`)
    await audit(req, {
      deed: 'release',
      collection: 'import-batches',
      documentId: id,
      site: place.site.slug,
      detail: { documents: records.length, changed, first: records[0]?.id ?? null, last: records.at(-1)?.id ?? null },
    })
    if (waiting.length === portion)
      await enqueue(req, 'release-batch', { batch: id, disclosure }, { key: `release-batch:${id}` })
    if (tags.length > 0) await announce(req, tags)
    return records.length
  })
}

/**
 * Locks what does not yet show this chain: documents that wait, and those that went out in an emergency and have been
 * reviewed since. The latest documents come last, so that they stand first in the column.
 */
function waitingDocuments(
  req: PayloadRequest,
  batch: number,
  { chain, emergency }: Disclosure,
  portion: number,
): Promise<WaitingDocument[]> {
  return query(req, sql`
    select policies.id, policies.is_live is true as "isLive" from policies left join delivery.records on records.collection = 'policies'
      and records.id = policies.id
    where batch_id = ${batch} and version = 1 and (
      (state = 'draft' and is_live is not true)
      or (state = 'published' and (record->'disclosure'->'batch'->>'id')::int = ${batch} and (
        record->'disclosure'->'chain' is distinct from ${JSON.stringify(chain)}::jsonb
        or (record->'disclosure' ? 'emergency') <> ${emergency !== undefined})))
    order by issued_on nulls first, policies.id limit ${portion} for update of policies`)
}

async function markPublished(req: PayloadRequest, ids: readonly number[], at: string): Promise<void> {
  const list = sql.param([...ids])
  await query(req, sql`
    insert into cluster.transitions (collection, document_id, action, from_state, to_state, person_name, unit, at)
    select 'policies', id, 'release', 'draft', 'published', '迁移批次', '系统', ${at} from policies
      where id = any (${list}::int[]) and state = 'draft'`)
  await query(req, sql`
    update policies set state = 'published', is_live = true, published_at = coalesce(published_at,
      ${at}::timestamptz), waiting_since = ${at}, updated_at = ${at}
    where id = any (${list}::int[])`)
}

/**
 * What shows something else than was signed (the way of rendering changed) must not go out
 * under these names: it becomes a draft of its own, one version on, for the ordinary chain.
 */
async function setAside(req: PayloadRequest, ids: readonly number[], at: string): Promise<void> {
  if (ids.length === 0) return
  await query(req, sql`update policies set version = version + 1, updated_at = ${at}
      where id = any (${sql.param([...ids])}::int[]) and state = 'draft'`)
}
