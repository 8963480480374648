import type { Pool } from 'pg'
import type { DocumentRecord, SiteRecord } from '@cluster/shared/delivery/records'
import type { SearchRecord } from '@cluster/shared/delivery/search'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { projectSearch } from './project-search.ts'

export type Target = { collection: DocumentCollection; id: number }
/** A public document for search, and the row versions that it was read from: a changed document has others, and so has one that stands elsewhere. */
export type VersionedRecord = { record: SearchRecord; version: string }

/** Of a row of `delivery.records`: its own version and those of its placements. */
export const ROW_VERSION = `records.xmin::text || coalesce((
  select string_agg(placements.site || placements.xmin::text, ',' order by placements.site) from delivery.placements
  where placements.collection = records.collection and placements.id = records.id), '')`

/**
 * What search holds of `delivery.records`. A closed site's texts are kept, but their addresses lead to another site's home page: whoever
 * searches would not find there what was promised.
 */
export const SEARCHABLE = `delivery.records join delivery.sites on sites.slug = records.site and sites.record->'standing'->>'state' is distinct from 'closed'`

/** The public documents among the targets, as search sees them. */
export async function readSearchRecords(pool: Pool, targets: readonly Target[]): Promise<Map<string, VersionedRecord>> {
  const { rows } = await pool.query<{ record: DocumentRecord; version: string; site: SiteRecord; placedOn: string[] }>(`
    select records.record, ${ROW_VERSION} as version, sites.record - 'columns' - 'footer' as site,
      array(select site from delivery.placements where placements.collection = records.collection and placements.id = records.id order by site) as "placedOn"
    from jsonb_to_recordset($1::jsonb) as target(collection text, id integer)
    join (${SEARCHABLE}) using (collection, id)`, [JSON.stringify(targets)])
  return new Map(rows.map(({ record, version, site, placedOn }) => [keyOf(record), { record: projectSearch(record, site, placedOn), version }]))
}

/** The row versions of the public documents among the targets. */
export async function readVersions(pool: Pool, targets: readonly Target[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<Target & { version: string }>(`
    select collection, id, ${ROW_VERSION} as version
    from jsonb_to_recordset($1::jsonb) as target(collection text, id integer) join (${SEARCHABLE}) using (collection, id)`, [JSON.stringify(targets)])
  return new Map(rows.map((row) => [keyOf(row), row.version]))
}

export const keyOf = ({ collection, id }: Target) => `${collection}/${id}`
