import type { SearchQuery } from '@cluster/shared/delivery/search'
import { titleKey } from '@cluster/shared/publishing/title-key'
import type { ReadDatabase } from '../delivery/read/database.ts'
import { filterOf } from './ask-database.ts'
import type { Found } from './ask-engine.ts'

/**
 * The document whose whole title was typed or pasted, within the chosen facets; `null` when there is none. Where titles repeat, as with
 * yearly notices and statutes that were made anew, the current one: the latest year of its own, then the one published last.
 */
export async function findByTitle(database: ReadDatabase, query: SearchQuery): Promise<Found['targets'][number] | null> {
  const key = titleKey(query.q)
  if (key === '') return null
  const { clause, values } = filterOf(query, 2)
  const [row] = await database.rows<Found['targets'][number]>(`
    select collection, id from delivery.search
    where (collection, id) in (select collection, id from delivery.records where title_key = $1) ${clause}
    order by year desc, published_at desc, id desc limit 1`, [key, ...values])
  return row ?? null
}
