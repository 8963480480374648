import type { Settings } from 'meilisearch'
import { SEARCH_FACETS, SEARCH_PAGE_LIMIT, SEARCH_PAGE_SIZE } from '@cluster/shared/delivery/search'

export const INDEX = 'documents'
/** Said with every document as well: an index that was lost while the worker runs is made anew by the first of them. */
export const PRIMARY_KEY = 'id'
/** Where a new index grows beside the one that answers, until both change places. */
export const NEXT_INDEX = 'documents-next'

/** What the engine is told about our documents. Applied at every start of the worker; the engine only acts on what differs. */
export const SETTINGS: Settings = {
  // A word in the title says more than one in the text.
  searchableAttributes: ['title', 'documentNumber', 'keywords', 'summary', 'issuer', 'text'],
  filterableAttributes: [...SEARCH_FACETS, 'publishedAt'],
  sortableAttributes: ['publishedAt'],
  // The rest of a hit comes from the public copy itself, so that nothing withdrawn is ever shown.
  displayedAttributes: ['id', 'collection', 'documentId'],
  rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness', 'publishedAt:desc'],
  // Without it the engine guesses the language of each text, and takes short Chinese titles for Japanese.
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['cmn'] }],
  // One character more or less makes another word in Chinese, and another document in a document number.
  typoTolerance: { enabled: true, disableOnNumbers: true, minWordSizeForTypos: { oneTypo: 8, twoTypos: 14 } },
  // Distances between all words of statutes would take the engine as long to work out as everything else together.
  proximityPrecision: 'byAttribute',
  pagination: { maxTotalHits: SEARCH_PAGE_LIMIT * SEARCH_PAGE_SIZE },
  faceting: { maxValuesPerFacet: 120, sortFacetValuesBy: { '*': 'count' } },
  searchCutoffMs: 500,
}
