import { SEARCH_FACETS, SEARCH_PAGE_SIZE, type SearchAnswer, type SearchQuery } from '@cluster/shared/delivery/search'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import type { EngineReader } from './engine-reader.ts'
import { askedGrams } from './grams.ts'

export type Found = { targets: Array<{ collection: DocumentCollection; id: number }>; total: number; facets: SearchAnswer['facets'] }

/** So many pairs of characters are a sentence, of which hardly a text has every word. */
const SENTENCE = 8

/**
 * Asks the engine: first for documents with all the words; where there is none, or hardly one for a whole sentence, for those with the
 * rarest of them as well, those with all still first. Throws `SearchEngineUnreachable` or `SearchEngineRefused`.
 */
export async function askEngine(engine: EngineReader, query: SearchQuery): Promise<Found> {
  const found = await askOnce(engine, query, 'all')
  const enough = askedGrams(query.q).length >= SENTENCE ? SEARCH_PAGE_SIZE : 1
  return found.total >= enough || query.q === '' ? found : askOnce(engine, query, 'frequency')
}

async function askOnce(engine: EngineReader, query: SearchQuery, matchingStrategy: 'all' | 'frequency'): Promise<Found> {
  const answer = await engine.search({
    q: plainQuestion(query.q), matchingStrategy, filter: filterOf(query), facets: [...SEARCH_FACETS], attributesToRetrieve: ['collection', 'documentId'],
    offset: (query.page - 1) * SEARCH_PAGE_SIZE, limit: SEARCH_PAGE_SIZE, ...(query.q === '' ? { sort: ['publishedAt:desc'] } : {}),
  })
  const facets = answer.facetDistribution ?? {}
  // Every document has one kind: together they are all that matched, beyond the number that the engine stops counting at.
  const counted = Object.values(facets.kind ?? {}).reduce((sum, count) => sum + count, 0)
  return {
    targets: answer.hits.map(({ collection, documentId }) => ({ collection, id: documentId })),
    total: Math.max(counted, answer.hits.length), facets,
  }
}

/** The engine's own signs, for phrases (`"`) and words to leave out (` -`), mean nothing to readers, who paste titles with such in them. */
function plainQuestion(question: string): string {
  return question.replace(/"/g, ' ').replace(/(^|\s)-+/g, '$1')
}

/** Values are quoted as the engine's filter language wants them. A site's own search finds all that stands on it, whoever wrote it. */
function filterOf(query: SearchQuery): string[] {
  return SEARCH_FACETS.flatMap((facet) => {
    const value = query[facet]
    return value === undefined ? [] : [`${facet === 'site' ? 'sites' : facet} = ${typeof value === 'number' ? value : JSON.stringify(value)}`]
  })
}
