import type { Settings } from 'meilisearch'
import { SEARCH_FACETS, SEARCH_PAGE_LIMIT, SEARCH_PAGE_SIZE } from '@cluster/shared/delivery/search'

/** What the engine is told about our documents. Applied at every start of the worker; the engine only acts on what differs. */
export const SETTINGS: Settings = {
  // A word in the title says more than one in the text.
  searchableAttributes: ['title', 'documentNumber', 'keywords', 'summary', 'issuer', 'text'],
  filterableAttributes: [...SEARCH_FACETS, 'sites', 'publishedAt'],
  sortableAttributes: ['publishedAt'],
  // The rest of a hit comes from the public copy itself, so that nothing withdrawn is ever shown.
  displayedAttributes: ['id', 'collection', 'documentId'],
  rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness', 'publishedAt:desc'],
  // Without it the engine guesses the language of each text, and takes short Chinese titles for Japanese.
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['cmn'] }],
  // A question's own words are in no statute: 谁来审批 asks for 审批.
  stopWords: ['的', '了', '吗', '呢', '吧', '啊', '谁', '什么', '怎么', '怎样', '怎么办', '如何', '是否', '能否', '可否', '哪些', '哪个', '哪里', '多少', '为什么', '请问'],
  // One character more or less makes another word in Chinese, and another document in a document number.
  typoTolerance: { enabled: true, disableOnNumbers: true, minWordSizeForTypos: { oneTypo: 8, twoTypos: 14 } },
  // Distances between all words of statutes would take the engine as long to work out as everything else together.
  proximityPrecision: 'byAttribute',
  pagination: { maxTotalHits: SEARCH_PAGE_LIMIT * SEARCH_PAGE_SIZE },
  faceting: { maxValuesPerFacet: 120, sortFacetValuesBy: { '*': 'count' } },
  searchCutoffMs: 500,
}
