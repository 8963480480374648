import type { PageKind, PageModel } from '@cluster/shared/delivery/page-models'

/**
 * The page model as the kind that a route shows. Throws when the portal rewrote to the wrong route: a page drawn from
 * another kind's model would be wrong in silence.
 */
export function pageOf<Kind extends PageKind>(
  page: PageModel | undefined,
  kind: Kind,
): Extract<PageModel, { kind: Kind }> {
  if (page?.kind !== kind) throw new Error(`Route for "${kind}" got the page model "${page?.kind ?? 'none'}".`)
  return page as Extract<PageModel, { kind: Kind }>
}
