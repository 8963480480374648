import type { Pool } from 'pg'
import type { SearchRecord } from '@cluster/shared/delivery/search'
import { gramVector } from './grams.ts'
import { hitOf } from './project-search.ts'

/** Statutes of a length beyond this are found by their beginning; a hundredth of them is longer. */
const TEXT_LIMIT = 20_000
/** Rows of one statement: a few megabytes at most. */
const ROWS = 10

/** Writes what PostgreSQL looks search questions up in. */
export async function storeSearchRows(pool: Pool, records: readonly SearchRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += ROWS) {
    const rows = records.slice(start, start + ROWS).map(rowOf)
    await pool.query(`
      insert into delivery.search (collection, id, site, sites, city, kind, year, issuer, validity, published_at, grams, hit)
      select collection, id, site, sites, city, kind, year, issuer, validity, to_timestamp(published_at), grams::tsvector, hit
      from jsonb_to_recordset($1::jsonb) as row(
        collection text, id integer, site text, sites text[], city text, kind text, year integer, issuer text, validity text,
        published_at bigint, grams text, hit jsonb)
      on conflict (collection, id) do update set site = excluded.site, sites = excluded.sites, city = excluded.city, kind = excluded.kind, year = excluded.year,
        issuer = excluded.issuer, validity = excluded.validity, published_at = excluded.published_at, grams = excluded.grams,
        hit = excluded.hit`, [JSON.stringify(rows)])
  }
}

/** Takes documents out again. */
export async function removeSearchRows(pool: Pool, documents: readonly { collection: string; id: number }[]): Promise<void> {
  if (documents.length === 0) return
  await pool.query(`
    delete from delivery.search using jsonb_to_recordset($1::jsonb) as gone(collection text, id integer)
    where search.collection = gone.collection and search.id = gone.id`, [JSON.stringify(documents.map(({ collection, id }) => ({ collection, id })))])
}

function rowOf(record: SearchRecord) {
  const { collection, documentId, site, sites, city, kind, year, issuer, validity, publishedAt } = record
  const description = [record.summary, ...record.keywords, record.documentNumber ?? '', record.issuer ?? ''].join(' ')
  return {
    collection, id: documentId, site, sites, city, kind, year, issuer, validity, published_at: publishedAt,
    grams: gramVector([
      { weight: 'A', text: record.title }, { weight: 'B', text: description }, { weight: 'D', text: record.text.slice(0, TEXT_LIMIT) },
    ]),
    hit: hitOf(record),
  }
}
