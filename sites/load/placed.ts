import type { DocumentRecord, Placement } from '@cluster/shared/delivery/records'
import type { LoadContext } from './context.ts'

/** Full name of the office that keeps a site; the site's short name where the directory does not know it. */
export function officeOf({ services }: Pick<LoadContext, 'services'>, slug: string): string {
  return services.directory.site(slug)?.office ?? slug
}

/**
 * A document as the page of another site shows it: in that site's column and, where its kind has a source, with the
 * office that wrote it and a link to the original. The chain of names stays the original's.
 */
export function asPlaced(
  context: Pick<LoadContext, 'services'>,
  record: DocumentRecord,
  { placement, original }: { placement: Placement; original: string },
): DocumentRecord {
  const here = { ...record, column: placement.column }
  if (here.collection !== 'articles') return here
  const { origin } = here.content
  const office = officeOf(context, record.site)
  // The office that was copied from may have copied itself: readers are told of both.
  const source = origin.type === 'repost' ? `${office}（转自${origin.source}）` : office
  return { ...here, content: { ...here.content, origin: { type: 'repost', source, url: original } } }
}
