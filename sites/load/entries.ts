import { documentPath } from '@cluster/shared/delivery/addresses'
import type { EntryLink, Pager } from '@cluster/shared/delivery/page-models'
import type { Entry } from '@cluster/shared/delivery/records'
import { documentTag } from '@cluster/shared/delivery/tags'
import { originOf, type LoadContext } from './context.ts'

/**
 * An entry with its address: a path on the portal of the site that wrote it or shows it, absolute everywhere else. What
 * another office wrote says so.
 */
export function linkEntry({ services, site }: Pick<LoadContext, 'services' | 'site'>, entry: Entry): EntryLink {
  const path = documentPath(entry)
  const isOwn = entry.site === site.slug
  const isHere = isOwn || entry.placedOn === site.slug
  return {
    ...entry,
    ...(isHere && !isOwn && entry.collection === 'articles' ? { isRepost: true } : {}),
    href: isHere ? path : `${originOf(services, entry.site)}${path}`,
    siteName: isOwn ? site.name : (services.directory.site(entry.site)?.name ?? entry.site),
  }
}

export function tagsOfEntries(entries: ReadonlyArray<Pick<Entry, 'collection' | 'id'>>): string[] {
  return entries.map(documentTag)
}

/** Page numbers shown around the current one; the first and the last are always there. */
const PAGER_REACH = 2

/** The pager of a list; `hrefOf` gives the address of a page by its number, from 1. */
export function makePager({
  page,
  pages,
  total,
  hrefOf,
}: {
  page: number
  pages: number
  total: number
  hrefOf: (number: number) => string
}): Pager {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === pages || Math.abs(number - page) <= PAGER_REACH,
  )
  return {
    page,
    pages,
    total,
    previous: page > 1 && page <= pages ? hrefOf(page - 1) : null,
    next: page < pages ? hrefOf(page + 1) : null,
    links: numbers.map((number) => ({ number, href: hrefOf(number), isCurrent: number === page })),
  }
}
