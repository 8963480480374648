import type { PayloadRequest } from 'payload'
import { documentTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import { type Carrying, endTags, MOVE_PORTION } from './move-documents.ts'

const TABLES = { media: 'media', articles: 'articles', policies: 'policies', letters: 'letters', 'import-batches': 'import_batches' } as const
type Kept = keyof typeof TABLES
const COLUMNLESS: readonly string[] = ['media', 'letters']
const PUBLIC: readonly string[] = ['articles', 'policies', 'letters']

/**
 * Carries the next portion back to where it came from, each row as it stood. What was withdrawn meanwhile stays withdrawn, on its own site.
 * @returns how many went, 0 when nothing is left, and the tags of the pages that change
 */
export async function returnDocuments(req: PayloadRequest, carrying: Carrying, limit = MOVE_PORTION): Promise<{ count: number; tags: string[] }> {
  const { change, from } = carrying
  const noted = await query<{ kind: Kept; id: string }>(req, sql`
    select kind, id from cluster.site_change_moves where change_id = ${change} and kind = any (${sql.param(Object.keys(TABLES))}::text[])
    order by kind, id::int limit ${limit}`)
  const tags: string[] = []
  for (const kind of Object.keys(TABLES) as Kept[]) {
    const ids = noted.filter((row) => row.kind === kind).map(({ id }) => Number(id))
    if (ids.length === 0) continue
    const name = sql.identifier(TABLES[kind])
    const column = COLUMNLESS.includes(kind) ? sql`` : sql`, column_id = (before->>'column')::int`
    await query(req, sql`
      update ${name} set site_id = ${from.id}${column} from cluster.site_change_moves noted
      where noted.change_id = ${change} and noted.kind = ${kind} and noted.id = ${name}.id::text and ${name}.id = any (${sql.param(ids)}::int[])`)
    if (PUBLIC.includes(kind)) tags.push(...await returnPublic(req, carrying, kind as DocumentCollection, ids))
    await forget(req, change, kind, ids)
  }
  return { count: noted.length, tags: noted.length > 0 ? [...tags, ...endTags(carrying)] : [] }
}

async function returnPublic(req: PayloadRequest, { change, from, into }: Carrying, collection: DocumentCollection, ids: readonly number[]): Promise<string[]> {
  const list = sql`${sql.param([...ids])}::int[]`
  const noted = (kind: string) => sql`noted.change_id = ${change} and noted.kind = ${`${kind}:${collection}`}`
  await query(req, sql`
    update delivery.records set site = ${from.slug}, column_key = before->>'columnKey',
      entry = entry || jsonb_build_object('site', ${from.slug}::text, 'columnKey', before->>'columnKey'),
      record = record || jsonb_build_object('site', ${from.slug}::text, 'column', before->'column')
    from cluster.site_change_moves noted
    where ${noted('record')} and noted.id = records.id::text and collection = ${collection} and records.id = any (${list})`)
  // One that was withdrawn meanwhile left a tombstone on the other site: its column is that of the copy that was there.
  await query(req, sql`
    update delivery.tombstones set site = ${from.slug}, record = record || jsonb_build_object('site', ${from.slug}::text, 'column', before->'column')
    from cluster.site_change_moves noted
    where (${noted('record')} or ${noted('tombstone')}) and noted.id = tombstones.id::text and collection = ${collection} and tombstones.id = any (${list})`)
  await query(req, sql`
    update delivery.placements set entry = entry || jsonb_build_object('site', ${from.slug}::text) where collection = ${collection} and id = any (${list})`)
  await query(req, sql`
    insert into delivery.placements select placed.* from cluster.site_change_moves noted, jsonb_populate_record(null::delivery.placements, noted.before) placed
      join delivery.records using (collection, id)
    where change_id = ${change} and noted.kind = 'doubled' and placed.collection = ${collection} and placed.id = any (${list}) on conflict do nothing`)
  if (collection === 'letters') {
    await query(req, sql`
      update delivery.letter_status set site = ${from.slug}, record = letter_status.record || jsonb_build_object('site', ${from.slug}::text)
      from letters where letters.code_hash = letter_status.code_hash and letters.id = any (${list}) and letter_status.site = ${into.slug}`)
  }
  await query(req, sql`
    delete from cluster.site_change_moves where change_id = ${change} and kind = 'doubled' and before->>'collection' = ${collection} and (before->>'id')::int = any (${list})`)
  await forget(req, change, `record:${collection}`, ids)
  await forget(req, change, `tombstone:${collection}`, ids)
  await enqueue(req, 'index-documents', { collection, ids: [...ids] })
  return ids.map((id) => documentTag({ collection, id }))
}

async function forget(req: PayloadRequest, change: number, kind: string, ids: readonly number[]): Promise<void> {
  await query(req, sql`
    delete from cluster.site_change_moves where change_id = ${change} and kind = ${kind} and id = any (${sql.param(ids.map(String))}::text[])`)
}
