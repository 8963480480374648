import type { Pager } from '@cluster/shared/delivery/page-models'

/** The links of a pager with a gap wherever numbers are left out. */
export function withGaps(links: Pager['links']): Array<Pager['links'][number] | 'gap'> {
  return links.flatMap((link, index) => {
    const before = links[index - 1]
    return before && link.number > before.number + 1 ? ['gap' as const, link] : [link]
  })
}
