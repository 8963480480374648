/** Collections whose texts go through the review chain, with the table each is kept in. */
export const REVIEWED_TABLES = {
  articles: 'articles',
  policies: 'policies',
  letters: 'letters',
  'import-batches': 'import_batches',
  layouts: 'layouts',
} as const
export type ReviewedCollection = keyof typeof REVIEWED_TABLES
export const REVIEWED_COLLECTIONS = Object.keys(REVIEWED_TABLES) as ReviewedCollection[]
