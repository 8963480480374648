import type { PayloadRequest } from 'payload'
import { documentTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import type { PlacementMode } from '@cluster/shared/publishing/content-pool/placement'
import { query, sql } from '../../database/query.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import { placedEntry } from './placed-entry.ts'
import { listTags, neighbourTags, type StandingPlace } from './touched-by-placement.ts'

type Target = { collection: DocumentCollection; id: number }

/**
 * Puts a public document on other sites, each into the column given; where it stands already it takes the new mode and column.
 * The caller holds the document's delivery record, so that nobody withdraws it meanwhile.
 * @returns the tags of the pages that show it now
 */
export async function place(
  req: PayloadRequest, target: Target, { mode, places, now }: { mode: PlacementMode; places: ReadonlyArray<{ site: string; columnKey: string }>; now: string },
): Promise<string[]> {
  if (places.length === 0) return []
  const { collection, id } = target
  const before = await standing(req, target, places.map(({ site }) => site))
  const placed = await query<StandingPlace>(req, sql`
    insert into delivery.placements (collection, id, site, column_key, kind, mode, title_key, published_at, changed_at, entry, placed_at)
    select records.collection, records.id, place.site, place."columnKey", records.kind, ${mode}, records.title_key, records.published_at, ${now}::timestamptz,
      ${placedEntry({ entry: sql`records.entry`, site: sql`place.site`, columnKey: sql`place."columnKey"` })}, ${now}::timestamptz
    from delivery.records, jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as place (site text, "columnKey" text)
    where records.collection = ${collection} and records.id = ${id}
    on conflict (collection, id, site) do update set mode = excluded.mode, column_key = excluded.column_key, entry = excluded.entry
    returning site, column_key as "columnKey", title_key as "titleKey"`)
  await enqueue(req, 'index-document', target, { key: `index:${collection}/${id}` })
  return [...new Set([documentTag(target), ...[...before, ...placed].flatMap(listTags), ...await neighbourTags(req, target, placed)])]
}

/** Takes a document off sites on which it stands. @returns the tags of the pages that showed it */
export async function unplace(req: PayloadRequest, target: Target, sites: readonly string[]): Promise<string[]> {
  if (sites.length === 0) return []
  const { collection, id } = target
  const removed = await query<StandingPlace>(req, sql`
    delete from delivery.placements where collection = ${collection} and id = ${id} and site = any (${sql.param(sites)}::text[])
    returning site, column_key as "columnKey", title_key as "titleKey"`)
  if (removed.length === 0) return []
  await enqueue(req, 'index-document', target, { key: `index:${collection}/${id}` })
  return [...new Set([documentTag(target), ...removed.flatMap(listTags), ...await neighbourTags(req, target, removed)])]
}

function standing(req: PayloadRequest, { collection, id }: Target, sites: readonly string[]): Promise<StandingPlace[]> {
  return query(req, sql`
    select site, column_key as "columnKey", title_key as "titleKey" from delivery.placements
    where collection = ${collection} and id = ${id} and site = any (${sql.param(sites)}::text[])`)
}
