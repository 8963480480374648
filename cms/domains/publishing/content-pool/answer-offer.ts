import type { PayloadRequest } from 'payload'
import { refusal } from '@cluster/shared/issue'
import { decideOffer, type OfferState } from '@cluster/shared/publishing/content-pool/placement'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { refuse } from '../../people/answer.ts'
import { actFor, insist } from './acting.ts'
import { takeOver } from './adopt.ts'
import { holdItem, type Target } from './pool-item.ts'

export const answerSchema = z.object({
  site: z.string().min(1).max(60), action: z.enum(['adopt', 'decline']), reason: z.string().trim().max(200).optional(),
})

type HeldOffer = { state: OfferState | 'placed'; collection: Target['collection']; documentId: number; from: string }

/**
 * What a site's editor does with an offer: takes the text over, or declines with a reason that the office which pushed it reads.
 * @throws Refused where it is no offer, is answered already, or the text cannot stand there
 */
export async function answerOffer(req: PayloadRequest, push: number, request: z.output<typeof answerSchema>): Promise<{ state: OfferState }> {
  return inTransaction(req, async () => {
    const acting = await actFor(req, request.site, 'editor')
    const [offer] = await query<HeldOffer>(req, sql`
      select push_targets.state, collection, document_id as "documentId", pushes.site as "from"
      from cluster.push_targets join cluster.pushes on pushes.id = push_id where push_id = ${push} and push_targets.site = ${request.site} for update of push_targets`)
    if (!offer) refuse(404, 'not-found', '没有找到这条推送，可能已被收回。请刷新页面。')
    const { state } = offer
    if (state === 'placed') {
      const from = acting.sites.find(({ slug }) => slug === offer.from)
      return insistLocked(from?.name ?? offer.from)
    }
    const { issues, next } = decideOffer(state, request)
    insist(issues)
    const target: Target = { collection: offer.collection, id: offer.documentId }
    const tags = request.action === 'adopt'
      ? (await takeOver(req, { acting, held: await holdItem(req, target), way: 'offer' })).tags : []
    await query(req, sql`
      update cluster.push_targets set state = ${next}, reason = ${request.action === 'decline' ? request.reason ?? null : null},
        decided_at = ${acting.now}, decided_by = ${acting.person.name}
      where push_id = ${push} and site = ${request.site}`)
    await audit(req, {
      deed: request.action === 'adopt' ? 'adopt' : 'decline-offer', collection: target.collection, documentId: target.id, site: request.site, detail: { push, from: offer.from } })
    if (tags.length > 0) await announce(req, tags)
    return { state: next }
  })
}

/** What every attempt to change a mandatory item is told: who may. */
export function insistLocked(office: string): never {
  insist([refusal('locked-placement', `这是${office}的必登推送，本站点不能修改或撤下。只有${office}的终审可以收回，请与对方联系。`)])
  throw new Error('a refusal was let through')
}
