import { canonicalPath, columnPath, homePath, resolveAddress } from '../../delivery/addresses.ts'
import type { Standing } from './standing.ts'

/** Where a reader of a site that is no more (or not at the moment) is sent: a site, the path there, and whether for good. */
export type LeadsTo = { site: string; path: string; isPermanent: boolean }

type StandingOf = (slug: string) => Standing | undefined

/**
 * The matching address of a site that has moved or closed; null where the site answers itself. Follows a chain of mergers to the site that
 * is there today. A column leads to the first page of the column that took its texts: the pages behind it hold others than before.
 * @param path as asked, without the query
 */
export function leadElsewhere(site: string, path: string, standingOf: StandingOf): LeadsTo | null {
  const seen = new Set<string>()
  let here: LeadsTo = { site, path, isPermanent: true }
  while (!seen.has(here.site)) {
    seen.add(here.site)
    const next = oneStep(standingOf(here.site), here.path)
    if (!next) return here.site === site ? null : here
    here = { ...next, isPermanent: next.isPermanent && here.isPermanent }
  }
  // Two sites that lead to each other lead nowhere: better a page than an endless way.
  return null
}

function oneStep(standing: Standing | undefined, path: string): LeadsTo | null {
  switch (standing?.state) {
    case 'moved': return { site: standing.into, path: movedPath(path, standing.columns), isPermanent: true }
    case 'merging': return standing.isEmptied ? { site: standing.into, path: movedPath(path, standing.columns), isPermanent: false } : null
    case 'closed': return { site: standing.successor, path: homePath(), isPermanent: true }
    default: return null
  }
}

/** The path at which the other site has what stood here. Documents and files keep theirs. */
export function movedPath(path: string, columns: Readonly<Record<string, string>>): string {
  const canonical = canonicalPath(path)
  const address = canonical === null ? null : resolveAddress(canonical)
  if (address?.page === 'column') return columnPath(columns[address.key] ?? address.key)
  return canonical ?? path
}
