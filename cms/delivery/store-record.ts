import type { PayloadRequest } from 'payload'
import { documentRecordSchema, type DocumentRecord, type Entry, type Tombstone, tombstoneSchema } from '@cluster/shared/delivery/records'
import { columnTag, documentTag, fileTag, latestTag, titleTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { titleKey } from '@cluster/shared/publishing/title-key'
import { query, sql } from '../database/query.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { entryOf } from './entry.ts'
import type { StoredFile } from './files.ts'
import { endPlacements, followOriginal } from './placements/follow-original.ts'

type Target = { collection: DocumentCollection; id: number }
export type Link = { to: Target; relation: 'interprets' }

/** Writes the public copy of a document with all that belongs to it. @returns the tags of the pages that show it */
export async function storeRecord(
  req: PayloadRequest, record: DocumentRecord, { files, links, sitePath, now }: { files: readonly StoredFile[]; links: readonly Link[]; sitePath: string; now: string },
): Promise<string[]> {
  documentRecordSchema.parse(record)
  const target = { collection: record.collection, id: record.id }
  const entry = entryOf(record)
  // Held until the commit: whoever places it on other sites meanwhile waits, and places what is stored now.
  const [held] = await query<{ record: DocumentRecord }>(req, sql`
    select record from delivery.records where collection = ${record.collection} and id = ${record.id} for update`)
  const touched = await touchedBy(req, target, entry, sitePath, links)
  await query(req, sql`
    insert into delivery.records (collection, id, site, column_key, kind, title, title_key, published_at, changed_at, entry, record, source_id)
    values (${record.collection}, ${record.id}, ${record.site}, ${record.column.key}, ${record.kind}, ${record.content.title},
      ${titleKey(record.content.title)}, ${record.publishedAt}, ${now}, ${JSON.stringify(entry)}::jsonb, ${JSON.stringify(record)}::jsonb,
      ${record.collection === 'policies' ? record.sourceId ?? null : null})
    on conflict (collection, id) do update set site = excluded.site, column_key = excluded.column_key, kind = excluded.kind,
      title = excluded.title, title_key = excluded.title_key, published_at = excluded.published_at, changed_at = excluded.changed_at,
      entry = excluded.entry, record = excluded.record, source_id = excluded.source_id`)
  // A letter that was taken back may be public once more.
  await query(req, sql`delete from delivery.tombstones where collection = ${record.collection} and id = ${record.id}`)
  await query(req, sql`delete from delivery.links where from_collection = ${record.collection} and from_id = ${record.id}`)
  for (const { to, relation } of links) {
    await query(req, sql`insert into delivery.links values (${record.collection}, ${record.id}, ${to.collection}, ${to.id}, ${relation}) on conflict do nothing`)
  }
  const forgotten = await storeFiles(req, target, files)
  const elsewhere = await followOriginal(req, record, { before: held?.record ?? null, entry, now })
  await enqueueIndex(req, target)
  return [...touched, ...elsewhere, ...forgotten]
}

/** What a withdrawal leaves in public beside the title that was there: why, by whom and when. */
export type Withdrawn = Pick<Tombstone, 'reason' | 'name' | 'unit'> & { at: string }

/**
 * Takes the public copy away and leaves its tombstone, which says of the document what the public copy said: the working copy may hold
 * words by then that nobody has signed. A document without a public copy leaves nothing. Where it stood on other sites it is gone as well.
 * @returns the tags of the pages that showed it
 */
export async function storeTombstone(req: PayloadRequest, target: Target, { at, ...why }: Withdrawn, sitePath: string): Promise<string[]> {
  const { collection, id } = target
  const [held] = await query<{ entry: Entry; record: DocumentRecord }>(req, sql`
    select entry, record from delivery.records where collection = ${collection} and id = ${id} for update`)
  if (!held) return []
  const { site, column, content: { title }, publishedAt } = held.record
  const tombstone = tombstoneSchema.parse({ ...why, collection, id, site, column, title, publishedAt, withdrawnAt: at })
  const touched = await touchedBy(req, target, held.entry, sitePath, [])
  await query(req, sql`delete from delivery.links where from_collection = ${collection} and from_id = ${id}`)
  const forgotten = await storeFiles(req, target, [])
  const elsewhere = await endPlacements(req, held.record, { reason: why.reason, name: why.name, unit: why.unit, at })
  await query(req, sql`delete from delivery.records where collection = ${collection} and id = ${id}`)
  await query(req, sql`
    insert into delivery.tombstones (collection, id, site, record, withdrawn_at)
    values (${collection}, ${id}, ${site}, ${JSON.stringify(tombstone)}::jsonb, ${at})
    on conflict (collection, id) do update set record = excluded.record, withdrawn_at = excluded.withdrawn_at`)
  await query(req, sql`
    insert into delivery.tombstone_sites (collection, id, site, column_key)
    select ${collection}, ${id}, stood.site, stood."columnKey" from jsonb_to_recordset(${JSON.stringify(elsewhere.places)}::jsonb) as stood (site text, "columnKey" text)
    on conflict (collection, id, site) do update set column_key = excluded.column_key`)
  await enqueueIndex(req, target)
  return [...touched, ...elsewhere.tags, ...forgotten]
}

/** Writes which files the document names now. @returns tags of the files that no document names any more */
export async function storeFiles(req: PayloadRequest, { collection, id }: { collection: DocumentCollection | 'layouts'; id: number }, files: readonly StoredFile[]): Promise<string[]> {
  const before = await query<{ hash: string }>(req, sql`
    delete from delivery.files where collection = ${collection} and document_id = ${id} returning hash`)
  for (const file of files) {
    await query(req, sql`
      insert into delivery.files (hash, name, collection, document_id, media_type, bytes, stored_as)
      values (${file.hash}, ${file.name}, ${collection}, ${id}, ${file.mediaType}, ${file.bytes}, ${file.storedAs}) on conflict do nothing`)
  }
  if (before.length === 0) return []
  const named = await query<{ hash: string }>(req, sql`
    select hash from delivery.files where hash = any (${sql.param(before.map(({ hash }) => hash))}::text[])`)
  return before.map(({ hash }) => hash).filter((hash) => !named.some((other) => other.hash === hash)).map(fileTag)
}

async function enqueueIndex(req: PayloadRequest, target: Target): Promise<void> {
  await enqueue(req, 'index-document', target, { key: `index:${target.collection}/${target.id}` })
}

/** Every page that shows the document now or did before: itself, its column, its neighbours, what it links to and what links to it. */
async function touchedBy(req: PayloadRequest, target: Target, entry: Entry, sitePath: string, links: readonly Link[]): Promise<string[]> {
  const neighbours = await query<{ collection: DocumentCollection; id: number; columnKey: string }>(req, sql`
    (select collection, id, column_key as "columnKey" from delivery.listed
      where site = ${entry.site} and column_key = ${entry.columnKey} and (published_at, id) < (${entry.publishedAt}, ${entry.id})
      order by published_at desc, id desc limit 1)
    union all
    (select collection, id, column_key from delivery.listed
      where site = ${entry.site} and column_key = ${entry.columnKey} and (published_at, id) > (${entry.publishedAt}, ${entry.id})
      order by published_at, id limit 1)
    union all
    (select to_collection, to_id, '' from delivery.links where from_collection = ${target.collection} and from_id = ${target.id})
    union all
    (select from_collection, from_id, '' from delivery.links where to_collection = ${target.collection} and to_id = ${target.id})`)
  const [before] = await query<{ columnKey: string; titleKey: string }>(req, sql`
    select column_key as "columnKey", title_key as "titleKey" from delivery.records where collection = ${target.collection} and id = ${target.id}`)
  return [
    documentTag(target), columnTag(entry.site, entry.columnKey), titleTag(entry.site, titleKey(entry.title)),
    ...(before ? [columnTag(entry.site, before.columnKey), titleTag(entry.site, before.titleKey)] : []),
    ...neighbours.map(documentTag), ...links.map(({ to }) => documentTag(to)), ...sitePath.split('/').filter(Boolean).map(latestTag),
  ]
}

