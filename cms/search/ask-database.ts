import { SEARCH_FACETS, SEARCH_PAGE_SIZE, type SearchQuery } from '@cluster/shared/delivery/search'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import type { ReadDatabase } from '../delivery/read/database.ts'
import type { Found } from './ask-engine.ts'
import { askedGrams, gramQuery } from './grams.ts'

/** Weighing a text means reading all its grams: done for those that already look best. */
const WEIGHED = 100
/** A title that has this many pairs of a question is the one that was asked for. */
const TITLE_GRAMS = 16
/** A sentence of which no text has everything is looked up by its rarest pairs. */
const RAREST = 3

/** Asks PostgreSQL: all of the words, or else the rarest of them; best first. Facets are the engine's alone. */
export async function askDatabase(database: ReadDatabase, query: SearchQuery): Promise<Found> {
  const grams = askedGrams(query.q)
  if (query.q === '') return listNewest(database, query)
  const found = await matchAll(database, query, grams)
  if (found.total > 0 || grams.length <= 1) return found
  const rarest = await rarestOf(database, grams)
  for (let count = Math.min(RAREST, rarest.length); count > 0; count -= 1) {
    const relaxed = await matchAll(database, query, rarest.slice(0, count))
    if (relaxed.total > 0) return relaxed
  }
  return found
}

type Row = { collection: DocumentCollection; id: number; total: number }

async function matchAll(database: ReadDatabase, query: SearchQuery, grams: readonly string[]): Promise<Found> {
  const inTitle = grams.slice(0, TITLE_GRAMS)
  const { clause, values } = filterOf(query, inTitle.length + 4)
  // A sum written out: a subquery over the grams would be started anew for each of thousands of texts.
  const sum = inTitle.map((_, index) => `(strpos(title, $${index + 4}) > 0)::integer`).join(' + ')
  const rows = await database.rows<Row>(`
    with matched as materialized (
      select collection, id, published_at, ${sum} + (strpos(title, $2) > 0)::integer * ${TITLE_GRAMS + 1} as in_title
      from delivery.search, lateral (select lower(hit->>'title') as title offset 0) as named where grams @@ $1::tsquery ${clause}
    ),
    placed as (select *, row_number() over (order by in_title desc, published_at desc) as place, count(*) over ()::integer as total from matched)
    select collection, id, total from placed
    order by in_title desc, case when place > ${WEIGHED} then 0 else (
      select ts_rank(grams, $1::tsquery) from delivery.search where search.collection = placed.collection and search.id = placed.id
    ) end desc, published_at desc, id desc limit ${SEARCH_PAGE_SIZE} offset $3`,
  [gramQuery(grams), query.q.normalize('NFKC').toLowerCase(), offsetOf(query), ...inTitle, ...values])
  return foundIn(rows)
}

async function listNewest(database: ReadDatabase, query: SearchQuery): Promise<Found> {
  const { clause, values } = filterOf(query, 2)
  const rows = await database.rows<Row>(`
    select collection, id, count(*) over ()::integer as total from delivery.search where true ${clause}
    order by published_at desc, id desc limit ${SEARCH_PAGE_SIZE} offset $1`, [offsetOf(query), ...values])
  return foundIn(rows)
}

/** Those of the grams that occur at all, the rarest first. */
async function rarestOf(database: ReadDatabase, grams: readonly string[]): Promise<string[]> {
  const rows = await database.rows<{ gram: string }>(`
    select gram from unnest($1::text[], $2::text[]) as asked(gram, lookup), lateral (
      select count(*) as texts from delivery.search where grams @@ lookup::tsquery
    ) as counted where texts > 0 order by texts, gram`, [grams, grams.map((gram) => gramQuery([gram]))])
  return rows.map(({ gram }) => gram)
}

/** The chosen facets as SQL over `delivery.search`; its values take the places from `firstPlace` on. */
export function filterOf(query: SearchQuery, firstPlace: number): { clause: string; values: unknown[] } {
  const asked = SEARCH_FACETS.filter((facet) => query[facet] !== undefined)
  // A site's own search finds all that stands on it, whoever wrote it.
  const equals = (facet: (typeof asked)[number], place: string) => (facet === 'site' ? `${place} = any (sites)` : `${facet} = ${place}`)
  return { clause: asked.map((facet, index) => `and ${equals(facet, `$${firstPlace + index}`)}`).join(' '), values: asked.map((facet) => query[facet]) }
}

const offsetOf = (query: SearchQuery) => (query.page - 1) * SEARCH_PAGE_SIZE

function foundIn(rows: readonly Row[]): Found {
  return { targets: rows.map(({ collection, id }) => ({ collection, id })), total: rows[0]?.total ?? 0, facets: {} }
}
