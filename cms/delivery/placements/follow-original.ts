import type { PayloadRequest } from 'payload'
import type { ColumnRecord, DocumentRecord, Entry } from '@cluster/shared/delivery/records'
import { documentTag } from '@cluster/shared/delivery/tags'
import { changedParts } from '@cluster/shared/publishing/content-pool/changed-parts'
import { columnFor } from '@cluster/shared/publishing/content-pool/placement'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { titleKey } from '@cluster/shared/publishing/title-key'
import { query, sql } from '../../database/query.ts'
import { placedEntry } from './placed-entry.ts'
import { tellAdopters } from './tell-adopters.ts'
import { listTags, neighbourTags, type StandingPlace } from './touched-by-placement.ts'

type Target = { collection: DocumentCollection; id: number }

/**
 * Brings every placement in line with its original, in the transaction that stores the original and after it is stored: the line in lists,
 * and the column where it is of another kind now. Whoever chose it is told what was corrected.
 * @param before the public copy that stood until now; null when there was none, and then it stands nowhere else either
 * @returns the tags of the pages of other sites that show it
 */
export async function followOriginal(
  req: PayloadRequest, record: DocumentRecord, { before, entry, now }: { before: DocumentRecord | null; entry: Entry; now: string },
): Promise<string[]> {
  if (before === null) return []
  const { collection, id, kind } = record
  const stood = await query<StandingPlace & { columns: ColumnRecord[] | null }>(req, sql`
    select site, column_key as "columnKey", title_key as "titleKey", sites.record->'columns' as columns
    from delivery.placements left join delivery.sites on sites.slug = placements.site where collection = ${collection} and id = ${id}`)
  if (stood.length === 0) return []
  const isMoved = before.kind !== kind || before.column.key !== record.column.key
  const places = stood.map(({ site, columnKey, columns }): StandingPlace => ({
    site, titleKey: titleKey(record.content.title),
    // A text that its office moved goes along; where a site has no such column it stays where it is.
    columnKey: isMoved ? columnFor({ kind, columnKey: record.column.key }, columns ?? [])?.key ?? columnKey : columnKey,
  }))
  await query(req, sql`
    update delivery.placements set column_key = place."columnKey", kind = ${kind}, title_key = place."titleKey",
      published_at = ${record.publishedAt}, changed_at = ${now},
      entry = ${placedEntry({ entry: sql`${JSON.stringify(entry)}::jsonb`, site: sql`place.site`, columnKey: sql`place."columnKey"` })}
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as place (site text, "columnKey" text, "titleKey" text)
    where collection = ${collection} and id = ${id} and placements.site = place.site`)
  const parts = changedParts(before.content, record.content)
  const correction = record.corrections.at(-1)
  if (parts.length > 0 && correction) {
    await tellAdopters(req, record, { change: 'corrected', parts, reason: correction.reason, name: correction.name, unit: correction.unit, at: now })
  }
  return [...[...stood, ...places].flatMap(listTags), ...isMoved ? await neighbourTags(req, record, places) : []]
}

/**
 * Takes a document that is being withdrawn off all sites where it stands, before its delivery record goes. Offers of it are closed, and what waits
 * for a superior is returned.
 * @returns the sites with their columns, for the tombstone, and the tags of the pages that showed it
 */
export async function endPlacements(
  req: PayloadRequest, record: DocumentRecord, why: { reason: string; name: string; unit: string; at: string },
): Promise<{ places: StandingPlace[]; tags: string[] }> {
  const { collection, id } = record
  await tellAdopters(req, record, { change: 'withdrawn', parts: [], ...why })
  await query(req, sql`
    update cluster.push_targets set state = 'withdrawn', decided_at = ${why.at}, decided_by = ${why.name} from cluster.pushes
    where pushes.id = push_id and collection = ${collection} and document_id = ${id} and push_targets.state in ('open', 'declined')`)
  await query(req, sql`
    update cluster.submissions set state = 'returned', decided_at = ${why.at}, decided_by = ${why.name}, reason = '原文已由本单位撤稿'
    where collection = ${collection} and document_id = ${id} and state = 'waiting'`)
  await query(req, sql`
    update cluster.adoptions set dropped_at = ${why.at}, dropped_by = ${why.name} where collection = ${collection} and document_id = ${id} and dropped_at is null`)
  const neighbours = await neighbourTags(req, record, await standingPlaces(req, record))
  const places = await query<StandingPlace>(req, sql`
    delete from delivery.placements where collection = ${collection} and id = ${id} returning site, column_key as "columnKey", title_key as "titleKey"`)
  return { places, tags: places.length === 0 ? [] : [documentTag(record), ...places.flatMap(listTags), ...neighbours] }
}

function standingPlaces(req: PayloadRequest, { collection, id }: Target): Promise<StandingPlace[]> {
  return query(req, sql`
    select site, column_key as "columnKey", title_key as "titleKey" from delivery.placements where collection = ${collection} and id = ${id}`)
}
