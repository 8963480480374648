import type { PayloadRequest } from 'payload'
import type { DocumentRecord } from '@cluster/shared/delivery/records'
import { columnTag, documentTag, latestTag, titleTag } from '@cluster/shared/delivery/tags'
import { titleKey } from '@cluster/shared/publishing/title-key'
import { query, sql } from '../database/query.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { entryOf } from './entry.ts'

/**
 * Writes the public copies of many documents of one collection and column, none of which has files or links, in a few
 * statements.
 * @returns the tags of the pages that show them: what lists them once, and each document's own
 */
export async function storeRecords(
  req: PayloadRequest,
  records: readonly DocumentRecord[],
  { sitePath, now }: { sitePath: string; now: string },
): Promise<string[]> {
  const [first] = records
  if (!first) return []
  const rows = records.map((record) => ({
    id: record.id,
    kind: record.kind,
    title: record.content.title,
    titleKey: titleKey(record.content.title),
    publishedAt: record.publishedAt,
    entry: entryOf(record),
    record,
    sourceId: record.collection === 'policies' ? (record.sourceId ?? null) : null,
  }))
  await query(req, sql`
    insert into delivery.records (collection, id, site, column_key, kind, title, title_key, published_at,
      changed_at, entry, record, source_id)
    select ${first.collection}, id, ${first.site}, ${first.column.key}, kind, title, "titleKey", "publishedAt",
      ${now}::timestamptz, entry, record, "sourceId"
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as record (id int, kind text, title text, "titleKey" text, "publishedAt" timestamptz, entry jsonb,
        record jsonb, "sourceId" text)
    on conflict (collection, id) do update set site = excluded.site, column_key = excluded.column_key,
      kind = excluded.kind,
      title = excluded.title, title_key = excluded.title_key, published_at = excluded.published_at,
        changed_at = excluded.changed_at,
      entry = excluded.entry, record = excluded.record, source_id = excluded.source_id`)
  await enqueue(req, 'index-documents', { collection: first.collection, ids: records.map(({ id }) => id) })
  return [
    columnTag(first.site, first.column.key),
    ...sitePath.split('/').filter(Boolean).map(latestTag),
    ...records.map(documentTag),
    ...new Set(rows.map(({ titleKey: key }) => titleTag(first.site, key))),
    ...(await neighboursOf(req, records)).map(documentTag),
  ]
}

/** The documents that now have another one before or after them in their column. */
function neighboursOf(
  req: PayloadRequest,
  records: readonly DocumentRecord[],
): Promise<Array<Pick<DocumentRecord, 'collection' | 'id'>>> {
  const ordered = records.toSorted(
    (one, other) => one.publishedAt.localeCompare(other.publishedAt) || one.id - other.id,
  )
  const [first, last] = [ordered[0]!, ordered.at(-1)!]
  return query(req, sql`
    (select collection, id from delivery.listed where site = ${first.site} and column_key = ${first.column.key}
      and (published_at, id) < (${first.publishedAt}::timestamptz, ${first.id}) order by published_at desc,
        id desc limit 1)
    union all
    (select collection, id from delivery.listed where site = ${first.site} and column_key = ${first.column.key}
      and (published_at, id) > (${last.publishedAt}::timestamptz, ${last.id}) order by published_at, id limit 1)`)
}
