import type { PayloadRequest } from 'payload'
import { columnTag, documentTag, latestTag, titleTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../database/query.ts'

type Target = { collection: DocumentCollection; id: number }
export type StandingPlace = { site: string; columnKey: string; titleKey: string }

/** Tags of the pages of a site that list what stands there: the column, the home page with feed and map, and texts of the same title. */
export const listTags = ({ site, columnKey, titleKey }: StandingPlace): string[] => [columnTag(site, columnKey), latestTag(site), titleTag(site, titleKey)]

/** Tags of the documents before and after it in each column where it stands: their pages lead to it. */
export async function neighbourTags(req: PayloadRequest, { collection, id }: Target, places: readonly StandingPlace[]): Promise<string[]> {
  if (places.length === 0) return []
  const neighbours = await query<Target>(req, sql`
    select distinct neighbour.collection, neighbour.id
    from delivery.records original, jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as place (site text, "columnKey" text), lateral (
      (select collection, id from delivery.listed
        where site = place.site and column_key = place."columnKey" and (published_at, id) < (original.published_at, original.id)
        order by published_at desc, id desc limit 1)
      union all
      (select collection, id from delivery.listed
        where site = place.site and column_key = place."columnKey" and (published_at, id) > (original.published_at, original.id)
        order by published_at, id limit 1)
    ) as neighbour
    where original.collection = ${collection} and original.id = ${id}`)
  return neighbours.map(documentTag)
}
