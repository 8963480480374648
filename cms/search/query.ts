import { SEARCH_PAGE_LIMIT, SEARCH_PAGE_SIZE, type SearchAnswer, type SearchHit, type SearchQuery } from '@cluster/shared/delivery/search'
import type { ReadDatabase } from '../delivery/read/database.ts'
import { askDatabase } from './ask-database.ts'
import { askEngine, type Found } from './ask-engine.ts'
import type { EngineGate } from './engine-gate.ts'
import { findByTitle } from './find-by-title.ts'
import { askedGrams } from './grams.ts'
import { hasMatch, highlight, markerOf, snippet } from './highlight.ts'
import type { StoredHit } from './project-search.ts'

/**
 * Answers a search question: the engine first, PostgreSQL where there is none to answer. What the engine found is shown from the public
 * copies as they are now: a text withdrawn this moment is no hit any more, even if the engine has not heard of it.
 */
export async function search({ database, gate }: { database: ReadDatabase; gate: EngineGate }, query: SearchQuery): Promise<SearchAnswer> {
  // Signs alone are no question: to the engine they would mean everything.
  if (query.q !== '' && askedGrams(query.q).length === 0) return answerOf(query, { targets: [], total: 0, facets: {} }, [], false)
  const fromEngine = await gate.through((engine) => askEngine(engine, query))
  // The engine knows words by its dictionary; pairs of characters find what it has cut elsewhere.
  const ranked = fromEngine && (fromEngine.total > 0 || query.q === '') ? fromEngine : await askDatabase(database, query)
  const named = query.page === 1 ? await findByTitle(database, query) : null
  const found = named ? putFirst(named, ranked) : ranked
  return answerOf(query, found, await readHits(database, query, found.targets), fromEngine === null)
}

/** Among titles that differ in a digit an engine's idea of nearness is a lottery: the very title comes first, whatever it thinks. */
function putFirst(named: Found['targets'][number], { targets, total, facets }: Found): Found {
  const others = targets.filter(({ collection, id }) => collection !== named.collection || id !== named.id)
  return { targets: [named, ...others], total: Math.max(total, others.length + 1), facets }
}

function answerOf({ page }: SearchQuery, { total, facets }: Found, hits: SearchHit[], degraded: boolean): SearchAnswer {
  return { hits, total, page, pages: Math.min(Math.ceil(total / SEARCH_PAGE_SIZE), SEARCH_PAGE_LIMIT), facets, degraded }
}

/** Passages are looked for in this much of a text; a hundredth of all statutes is longer. */
const SHOWN = 20_000

type Row = { hit: StoredHit; isPlaced: boolean; summary: string; text: string }

async function readHits(database: ReadDatabase, { q, site }: SearchQuery, targets: Found['targets']): Promise<SearchHit[]> {
  if (targets.length === 0) return []
  const rows = await database.rows<Row>(`
    select search.hit, exists (
        select from delivery.placements where placements.collection = target.collection and placements.id = target.id and placements.site = $3
      ) as "isPlaced", coalesce(records.record#>>'{content,summary}', '') as summary, left(records.record#>>'{body,text}', ${SHOWN}) as text
    from unnest($1::text[], $2::integer[]) with ordinality as target(collection, id, place)
    join delivery.records using (collection, id) join delivery.search using (collection, id) order by place`,
  [targets.map(({ collection }) => collection), targets.map(({ id }) => id), site ?? null])
  const marker = markerOf(q)
  return rows.map(({ hit, isPlaced, summary, text }) => {
    const fromSummary = snippet(summary, marker)
    const isEnough = q === '' ? summary !== '' : hasMatch(fromSummary)
    const fromText = isEnough ? null : snippet(text, marker)
    const isBetter = fromText !== null && (hasMatch(fromText) || summary === '')
    return { ...hit, ...(isPlaced && site !== undefined ? { placedOn: site } : {}), titleParts: highlight(hit.title, marker), snippetParts: isBetter ? fromText : fromSummary }
  })
}
