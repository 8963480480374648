import type { PayloadRequest } from 'payload'
import { decideSubmission as decide, type SubmissionState } from '@cluster/shared/publishing/content-pool/submission'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { refuse } from '../../people/answer.ts'
import { actFor, insist } from './acting.ts'
import { takeOver } from './adopt.ts'
import { holdItem, type Target } from './pool-item.ts'

export const decisionSchema = z.object({ action: z.enum(['accept', 'return']), reason: z.string().trim().max(200).optional() })

type Held = { collection: Target['collection']; documentId: number; state: SubmissionState; to: string; from: string }

/**
 * The superior's word on what was submitted: taken over onto the superior's own site, or returned with a reason.
 * @throws Refused when it is decided already, or the text cannot stand there
 */
export async function decideSubmission(req: PayloadRequest, id: number, request: z.output<typeof decisionSchema>): Promise<{ state: SubmissionState }> {
  return inTransaction(req, async () => {
    const [held] = await query<Held>(req, sql`
      select collection, document_id as "documentId", state, to_site as "to", from_site as "from" from cluster.submissions where id = ${id} for update`)
    if (!held) refuse(404, 'not-found', '没有找到这篇报送。请刷新页面。')
    const acting = await actFor(req, held.to, 'final-reviewer')
    const { issues, next } = decide(held.state, request)
    insist(issues)
    const target: Target = { collection: held.collection, id: held.documentId }
    const tags = request.action === 'accept'
      ? (await takeOver(req, { acting, held: await holdItem(req, target), way: 'submission' })).tags : []
    await query(req, sql`
      update cluster.submissions set state = ${next}, decided_at = ${acting.now}, decided_by = ${acting.person.name}, reason = ${request.reason || null} where id = ${id}`)
    await audit(req, {
      deed: request.action === 'accept' ? 'accept-submission' : 'return-submission', collection: target.collection, documentId: target.id, site: held.to,
      detail: { from: held.from, submission: id } })
    if (tags.length > 0) await announce(req, tags)
    return { state: next }
  })
}
