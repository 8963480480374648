import type { PayloadRequest } from 'payload'
import type { ColumnRecord } from '@cluster/shared/delivery/records'
import { documentTag, latestTag, siteTag } from '@cluster/shared/delivery/tags'
import { columnFor } from '@cluster/shared/publishing/content-pool/placement'
import type { DocumentCollection, DocumentKind } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { enqueue } from '../../../outbox/enqueue.ts'

/** What belongs to a site and goes with it, the tables by their collection; `hasColumn`: it stands in a column. */
const MOVED = [
  { collection: 'media', table: 'media', hasColumn: false, isPublic: false },
  { collection: 'articles', table: 'articles', hasColumn: true, isPublic: true },
  { collection: 'policies', table: 'policies', hasColumn: true, isPublic: true },
  { collection: 'letters', table: 'letters', hasColumn: false, isPublic: true },
  { collection: 'import-batches', table: 'import_batches', hasColumn: true, isPublic: false },
] as const
type Moved = (typeof MOVED)[number]

type End = { id: number; slug: string; path: string }
export type Carrying = { change: number; from: End; into: End; /** Key of a column → key at the other site. */ keys: Record<string, string> }

/** Texts carried in one transaction: well under a second of work, so that other publications hardly wait for the feed. */
export const MOVE_PORTION = 200

/** How many things of a site go with it. */
export async function countMovable(req: PayloadRequest, siteId: number): Promise<number> {
  const [row] = await query<{ count: number }>(req, sql`
    select ((select count(*) from media where site_id = ${siteId}) + (select count(*) from articles where site_id = ${siteId})
      + (select count(*) from policies where site_id = ${siteId}) + (select count(*) from letters where site_id = ${siteId})
      + (select count(*) from import_batches where site_id = ${siteId}))::int as count`)
  return row!.count
}

/**
 * Carries the next portion to the other site, and notes how each row stood. Numbers, names of the chain, times and digests stay: of the
 * public copy only site and column change.
 * @returns how many went, 0 when nothing is left, and the tags of the pages that change
 */
export async function moveDocuments(req: PayloadRequest, carrying: Carrying, limit = MOVE_PORTION): Promise<{ count: number; tags: string[] }> {
  const tags: string[] = []
  let count = 0
  for (const moved of MOVED) {
    if (count >= limit) break
    const ids = await takeRows(req, carrying, moved, limit - count)
    count += ids.length
    if (ids.length > 0 && moved.isPublic) tags.push(...await movePublic(req, carrying, moved.collection as DocumentCollection, ids))
  }
  return { count, tags: count > 0 ? [...tags, ...endTags(carrying)] : [] }
}

/** Every page of both sites, and those above them that list what is new. */
export const endTags = ({ from, into }: Pick<Carrying, 'from' | 'into'>): string[] => (
  [from, into].flatMap(({ slug, path }) => [siteTag(slug), ...path.split('/').filter(Boolean).map(latestTag)]))

async function takeRows(req: PayloadRequest, { change, from, into, keys }: Carrying, { collection, table, hasColumn }: Moved, limit: number): Promise<number[]> {
  const name = sql.identifier(table)
  const column = hasColumn ? sql`column_id` : sql`null::int`
  const rows = await query<{ id: number }>(req, sql`
    with taken as (select id, ${column} as column_id from ${name} where site_id = ${from.id} order by id limit ${limit} for update),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before)
        select ${change}, ${collection}, id::text, jsonb_build_object('column', column_id) from taken)
    select id from taken`)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return ids
  const list = sql`${sql.param(ids)}::int[]`
  if (hasColumn) {
    await query(req, sql`
      update ${name} set column_id = there.id from columns here
        join jsonb_each_text(${JSON.stringify(keys)}::jsonb) as mapped on mapped.key = here.key
        join columns there on there.site_id = ${into.id} and there.key = mapped.value
      where ${name}.id = any (${list}) and here.id = ${name}.column_id`)
  }
  await query(req, sql`update ${name} set site_id = ${into.id} where id = any (${list})`)
  return ids
}

type PublicRow = { id: number; columnKey: string; kind: DocumentKind }

async function movePublic(req: PayloadRequest, carrying: Carrying, collection: DocumentCollection, ids: readonly number[]): Promise<string[]> {
  const { change, from, into, keys } = carrying
  const list = sql`${sql.param([...ids])}::int[]`
  const stood = await query<PublicRow>(req, sql`
    with held as (select id, column_key, kind, record from delivery.records where collection = ${collection} and id = any (${list}) for update),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before)
        select ${change}, ${`record:${collection}`}, id::text, jsonb_build_object('columnKey', column_key, 'column', record->'column') from held)
    select id, column_key as "columnKey", kind from held`)
  const columns = await columnsOf(req, into.slug)
  const places = stood.map(({ id, columnKey, kind }) => {
    const column = columnFor({ kind, columnKey: keys[columnKey] ?? columnKey }, columns) ?? columns.find(({ key }) => key === columnKey)!
    return { id, key: column.key, name: column.name }
  })
  await query(req, sql`
    update delivery.records set site = ${into.slug}, column_key = place.key,
      entry = entry || jsonb_build_object('site', ${into.slug}::text, 'columnKey', place.key),
      record = record || jsonb_build_object('site', ${into.slug}::text, 'column', jsonb_build_object('key', place.key, 'name', place.name))
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as place (id int, key text, name text)
    where collection = ${collection} and records.id = place.id`)
  // A text that the other site shows as a neighbour's is its own now: it must not stand there twice.
  await query(req, sql`
    with doubled as (delete from delivery.placements where collection = ${collection} and id = any (${list}) and site = ${into.slug} returning placements.*)
    insert into cluster.site_change_moves (change_id, kind, id, before)
    select ${change}, 'doubled', collection || '/' || id || '/' || site, to_jsonb(doubled) from doubled`)
  await query(req, sql`
    update delivery.placements set entry = entry || jsonb_build_object('site', ${into.slug}::text) where collection = ${collection} and id = any (${list})`)
  await query(req, sql`
    with noted as (insert into cluster.site_change_moves (change_id, kind, id, before)
      select ${change}, ${`tombstone:${collection}`}, id::text, jsonb_build_object('column', record->'column') from delivery.tombstones
      where collection = ${collection} and id = any (${list}))
    update delivery.tombstones set site = ${into.slug}, record = record || jsonb_build_object('site', ${into.slug}::text, 'column', coalesce(
      (select jsonb_build_object('key', there->>'key', 'name', there->>'name') from delivery.sites, jsonb_array_elements(sites.record->'columns') there
        where slug = ${into.slug} and there->>'key' = coalesce(${JSON.stringify(keys)}::jsonb->>(tombstones.record->'column'->>'key'), tombstones.record->'column'->>'key')),
      record->'column'))
    where collection = ${collection} and id = any (${list})`)
  if (collection === 'letters') {
    await query(req, sql`
      update delivery.letter_status set site = ${into.slug}, record = record || jsonb_build_object('site', ${into.slug}::text)
      from letters where letters.code_hash = letter_status.code_hash and letters.id = any (${list}) and letter_status.site = ${from.slug}`)
  }
  await enqueue(req, 'index-documents', { collection, ids: [...ids] })
  return ids.map((id) => documentTag({ collection, id }))
}

async function columnsOf(req: PayloadRequest, slug: string): Promise<ColumnRecord[]> {
  const [row] = await query<{ columns: ColumnRecord[] }>(req, sql`select record->'columns' as columns from delivery.sites where slug = ${slug}`)
  return row?.columns ?? []
}
