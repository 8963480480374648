import type { Pool } from 'pg'
import type { DocumentRecord, SiteRecord } from '@cluster/shared/delivery/records'
import type { SearchRecord } from '@cluster/shared/delivery/search'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { projectSearch } from './project-search.ts'

export type Target = { collection: DocumentCollection; id: number }
/** A public document for search, and the row version that it was read from: a changed document has another. */
export type VersionedRecord = { record: SearchRecord; version: string }

/** The public documents among the targets, as search sees them. */
export async function readSearchRecords(pool: Pool, targets: readonly Target[]): Promise<Map<string, VersionedRecord>> {
  const { rows } = await pool.query<{ record: DocumentRecord; version: string; site: SiteRecord }>(`
    select records.record, records.xmin::text as version, sites.record - 'columns' - 'footer' as site
    from jsonb_to_recordset($1::jsonb) as target(collection text, id integer)
    join delivery.records using (collection, id) join delivery.sites on sites.slug = records.site`, [JSON.stringify(targets)])
  return new Map(rows.map(({ record, version, site }) => [keyOf(record), { record: projectSearch(record, site), version }]))
}

/** The row versions of the public documents among the targets. */
export async function readVersions(pool: Pool, targets: readonly Target[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<Target & { version: string }>(`
    select collection, id, records.xmin::text as version
    from jsonb_to_recordset($1::jsonb) as target(collection text, id integer) join delivery.records using (collection, id)`, [JSON.stringify(targets)])
  return new Map(rows.map((row) => [keyOf(row), row.version]))
}

export const keyOf = ({ collection, id }: Target) => `${collection}/${id}`
