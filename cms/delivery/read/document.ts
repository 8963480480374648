import type { DocumentAnswer } from '@cluster/shared/delivery/api'
import type { DocumentRecord, Entry, Placement, Tombstone } from '@cluster/shared/delivery/records'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import type { ReadDatabase } from './database.ts'

/** Titles like 通知 come back year after year: a reader is helped by the newest few. */
const SAME_TITLE = 20

type Row = {
  record: DocumentRecord
  titleKey: string
  related: Entry[]
  sameTitle: Entry[]
  previous: Entry | null
  next: Entry | null
  mode: Placement['mode'] | null
  /** The showing site's column. */
  column: Placement['column']
}

/** A published document with all that its page says of others, or what stays of a withdrawn one; `null` for neither. */
export async function readDocument(
  database: ReadDatabase, { site, collection, id }: { site: string; collection: DocumentCollection; id: number },
): Promise<DocumentAnswer | null> {
  const [row] = await database.rows<Row>(PUBLISHED, [site, collection, id])
  if (row) {
    const { record, titleKey, related, sameTitle: all, previous, next, mode, column } = row
    const isItself = (entry: Entry) => entry.collection === collection && entry.id === id
    const first = all[0]
    return {
      state: 'published', record, related, sameTitle: all.filter((entry) => !isItself(entry)),
      isCurrent: first === undefined || isItself(first), titleKey, previous, next, ...(mode === null ? {} : { placement: { column, mode } }),
    }
  }
  const [gone] = await database.rows<{ tombstone: Tombstone; column: Placement['column'] | null }>(WITHDRAWN, [site, collection, id])
  return gone ? { state: 'withdrawn', tombstone: gone.tombstone, ...(gone.column === null ? {} : { placement: { column: gone.column } }) } : null
}

/** The column of a site by its key, as lists name it. */
const columnNamed = (site: string, key: string) => `(
  select jsonb_build_object('key', key, 'name', name) from delivery.sites, jsonb_to_recordset(sites.record->'columns') as columns(key text, name text)
  where slug = ${site} and key = ${key} limit 1)`

/** On the site that wrote it and on those where it stood; the column that it stood in there may be gone by now. */
const WITHDRAWN = `
  select tombstones.record as tombstone,
    case when stood.site is not null then coalesce(${columnNamed('$1', 'stood.column_key')}, tombstones.record->'column') end as column
  from delivery.tombstones left join delivery.tombstone_sites stood
    on stood.collection = tombstones.collection and stood.id = tombstones.id and stood.site = $1
  where tombstones.collection = $2 and tombstones.id = $3 and (tombstones.site = $1 or stood.site is not null)`

/**
 * Of documents of one title the one with the latest date of its own is the current one, then the one published last.
 * Letters are left out: people ask the same thing, and no answer replaces another's. An older document is the previous one.
 */
const PUBLISHED = `
  with shown as materialized (
    select listed.site, listed.column_key, listed.mode, records.collection, records.title_key, records.published_at, records.id, records.record
    from delivery.listed join delivery.records using (collection, id) where listed.site = $1 and listed.collection = $2 and listed.id = $3
  )
  select shown.record, shown.title_key as "titleKey", shown.mode,
    case when shown.mode is null then shown.record->'column' else coalesce(${columnNamed('shown.site', 'shown.column_key')}, shown.record->'column') end as column,
    array(
      select other.entry from (
        select to_collection as collection, to_id as id from delivery.links where from_collection = $2 and from_id = $3
        union
        select from_collection, from_id from delivery.links where to_collection = $2 and to_id = $3
      ) as linked join delivery.records other using (collection, id) order by other.published_at desc, other.id desc
    ) as related,
    array(
      select entry from delivery.listed other
      where other.site = shown.site and other.title_key = shown.title_key and other.collection = shown.collection and $2 <> 'letters'
      order by other.entry->>'issuedOn' desc nulls last, other.published_at desc, other.id desc limit ${SAME_TITLE}
    ) as "sameTitle",
    (
      select entry from delivery.listed other
      where other.site = shown.site and other.column_key = shown.column_key and (other.published_at, other.id) < (shown.published_at, shown.id)
      order by other.published_at desc, other.id desc limit 1
    ) as previous,
    (
      select entry from delivery.listed other
      where other.site = shown.site and other.column_key = shown.column_key and (other.published_at, other.id) > (shown.published_at, shown.id)
      order by other.published_at, other.id limit 1
    ) as next
  from shown`
