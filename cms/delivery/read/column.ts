import { COLUMN_PAGE_SIZE, type ColumnAnswer } from '@cluster/shared/delivery/api'
import type { ColumnRecord, Entry } from '@cluster/shared/delivery/records'
import type { ReadDatabase } from './database.ts'

/** One page of a column, newest first; `null` when the site has no such column, or the column no such page. */
export async function readColumn(
  database: ReadDatabase, { site, key, page }: { site: string; key: string; page: number },
): Promise<ColumnAnswer | null> {
  const [row] = await database.rows<{ column: ColumnRecord; total: number; entries: Entry[] }>(`
    select columns.record as column,
      (select count(*)::integer from delivery.listed where site = $1 and column_key = $2) as total,
      array(
        select entry from delivery.listed where site = $1 and column_key = $2
        order by published_at desc, id desc limit ${COLUMN_PAGE_SIZE} offset $3
      ) as entries
    from delivery.sites, jsonb_array_elements(sites.record->'columns') as columns(record)
    where slug = $1 and columns.record->>'key' = $2`, [site, key, (page - 1) * COLUMN_PAGE_SIZE])
  if (!row) return null
  const { column, entries, total } = row
  const pages = Math.ceil(total / COLUMN_PAGE_SIZE)
  return page > 1 && page > pages ? null : { column, entries, total, page, pages }
}
