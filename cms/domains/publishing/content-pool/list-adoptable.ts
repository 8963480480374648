import type { PayloadRequest } from 'payload'
import type { Entry } from '@cluster/shared/delivery/records'
import { mayAdoptFrom } from '@cluster/shared/publishing/content-pool/reach'
import { z } from 'zod'
import { query, sql } from '../../../database/query.ts'
import { actFor } from './acting.ts'

export const ADOPTABLE_PAGE = 20
/** Nobody turns more pages; a search finds what lies deeper. */
const MOST_PAGES = 50

export const adoptableSchema = z.object({
  site: z.string().min(1).max(60),
  q: z.string().trim().max(100).default(''),
  page: z.coerce.number().int().min(1).max(MOST_PAGES).default(1),
})
export type Adoptable = { entries: Array<Entry & { isThere: boolean }>; page: number; hasMore: boolean }

/**
 * What the siblings and superiors of a site have published, newest first, by words of the title.
 * @throws Refused 403 without the editor's duty there
 */
export async function listAdoptable(req: PayloadRequest, { site: slug, q, page }: z.output<typeof adoptableSchema>): Promise<Adoptable> {
  const { site, sites } = await actFor(req, slug, 'editor')
  const sources = sites.filter((each) => mayAdoptFrom(site, each)).map((each) => each.slug)
  const upTo = page * ADOPTABLE_PAGE + 1
  // Of each site only so many as could be on the page, by its index: the cluster may hold a million documents.
  const rows = await query<{ entry: Entry; isThere: boolean }>(req, sql`
    select newest.entry, exists (
      select from delivery.placements where placements.collection = newest.collection and placements.id = newest.id and placements.site = ${slug}) as "isThere"
    from unnest(${sql.param(sources)}::text[]) as source, lateral (
      select collection, id, entry, published_at from delivery.records
      where site = source and collection <> 'letters' and (${q} = '' or title ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`})
      order by published_at desc, id desc limit ${upTo}
    ) as newest
    order by newest.published_at desc, newest.id desc limit ${ADOPTABLE_PAGE + 1} offset ${(page - 1) * ADOPTABLE_PAGE}`)
  return {
    entries: rows.slice(0, ADOPTABLE_PAGE).map(({ entry, isThere }) => ({ ...entry, isThere })), page,
    hasMore: rows.length > ADOPTABLE_PAGE && page < MOST_PAGES,
  }
}
