import { SEARCH_FACETS, searchQuerySchema, type SearchQuery } from '@cluster/shared/delivery/search'

export type AskedSearch = { isValid: true; query: SearchQuery } | { isValid: false; names: string[] }

/** Parameters of an address → a query by the contract; empty ones count as not given. Unknown ones are ignored. */
export function readSearchQuery(parameters: URLSearchParams): AskedSearch {
  const names = ['q', 'page', ...SEARCH_FACETS]
  const given = names.flatMap((name) => {
    const value = parameters.get(name)
    return value === null || value === '' ? [] : [[name, value] as const]
  })
  const parsed = searchQuerySchema.safeParse(Object.fromEntries(given))
  if (parsed.success) return { isValid: true, query: parsed.data }
  return { isValid: false, names: [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))] }
}

/** True when there is anything to look for: words, or a facet other than the site that one happens to be on. */
export function asksForSomething(query: SearchQuery): boolean {
  return query.q !== '' || SEARCH_FACETS.some((facet) => facet !== 'site' && query[facet] !== undefined)
}
