import type { PayloadRequest } from 'payload'
import { isLocked, type PlacementMode } from '@cluster/shared/publishing/content-pool/placement'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { unplace } from '../../../delivery/placements/place.ts'
import { refuse } from '../../people/answer.ts'
import { actFor } from './acting.ts'
import { insistLocked } from './answer-offer.ts'
import { targetSchema } from './pool-item.ts'

export const dropSchema = z.object({ ...targetSchema, site: z.string().min(1).max(60) })

/**
 * Takes off a site what its editors had taken over. The original stays where it is, and may be adopted again.
 * @throws Refused 403 for what a superior made mandatory, with who may take it back
 */
export async function dropPlacement(req: PayloadRequest, { site: slug, collection, id }: z.output<typeof dropSchema>): Promise<void> {
  return inTransaction(req, async () => {
    const { sites, person, now } = await actFor(req, slug, 'editor')
    const [held] = await query<{ mode: PlacementMode; origin: string }>(req, sql`
      select mode, records.site as origin from delivery.placements join delivery.records using (collection, id)
      where collection = ${collection} and id = ${id} and placements.site = ${slug} for update of placements`)
    if (!held) refuse(404, 'not-found', '本站点没有采用这篇内容，可能已经撤下。请刷新页面。')
    if (isLocked(held.mode)) return insistLocked(sites.find((each) => each.slug === held.origin)?.name ?? held.origin)
    const tags = await unplace(req, { collection, id }, [slug])
    await query(req, sql`
      update cluster.adoptions set dropped_at = ${now}, dropped_by = ${person.name}
      where collection = ${collection} and document_id = ${id} and site = ${slug} and dropped_at is null`)
    await query(req, sql`
      update cluster.push_targets set state = 'declined', reason = '采用后又撤下', decided_at = ${now}, decided_by = ${person.name} from cluster.pushes
      where pushes.id = push_id and push_targets.site = ${slug} and push_targets.state = 'adopted' and collection = ${collection} and document_id = ${id}`)
    await audit(req, { deed: 'drop-placement', collection, documentId: id, site: slug, detail: { from: held.origin } })
    await announce(req, tags)
  })
}
