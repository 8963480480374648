import type { PayloadRequest } from 'payload'
import { refusal } from '@cluster/shared/issue'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { place, unplace } from '../../../delivery/placements/place.ts'
import { refuse } from '../../people/answer.ts'
import { actFor, insist } from './acting.ts'
import type { Target } from './pool-item.ts'

export const takeBackSchema = z.object({ reason: z.string().trim().min(4).max(200) })

type HeldPush = { collection: Target['collection']; documentId: number; site: string; mode: 'mandatory' | 'offered'; takenBackAt: string | null }

/**
 * Takes a push back: a mandatory one is gone from all its sites at once, offers that nobody has answered are closed. Where a site's editor has
 * taken the text over, it stays: that was the site's own choice.
 * @throws Refused when it is taken back already, or the person has no final review there
 */
export async function takeBack(req: PayloadRequest, id: number, { reason }: z.output<typeof takeBackSchema>): Promise<{ removed: number; kept: number }> {
  return inTransaction(req, async () => {
    const [held] = await query<HeldPush>(req, sql`
      select collection, document_id as "documentId", site, mode, taken_back_at as "takenBackAt" from cluster.pushes where id = ${id} for update`)
    if (!held) refuse(404, 'not-found', '没有找到这次推送。请刷新页面。')
    const { person, now } = await actFor(req, held.site, 'final-reviewer')
    insist(held.takenBackAt === null ? [] : [refusal('taken-back-already', '这次推送已经收回，不用再办理。')])
    const target: Target = { collection: held.collection, id: held.documentId }
    await query(req, sql`update cluster.pushes set taken_back_at = ${now}, taken_back_by = ${person.name}, taken_back_reason = ${reason} where id = ${id}`)
    const { tags, removed, kept } = held.mode === 'mandatory' ? await endMandatory(req, id, target, now) : { tags: [], ...await closeOffers(req, id, person.name, now) }
    await audit(req, { deed: 'take-back-push', collection: target.collection, documentId: target.id, site: held.site, detail: { push: id, removed, kept } })
    if (tags.length > 0) await announce(req, tags)
    return { removed, kept }
  })
}

/** Off all sites that no other mandatory push of the text names; where an editor had taken it over before, it is the editor's again. */
async function endMandatory(req: PayloadRequest, id: number, target: Target, now: string): Promise<{ tags: string[]; removed: number; kept: number }> {
  const stood = await query<{ site: string; columnKey: string; isAdopted: boolean }>(req, sql`
    select placements.site, placements.column_key as "columnKey", exists (
      select from cluster.adoptions where adoptions.collection = placements.collection and adoptions.document_id = placements.id
        and adoptions.site = placements.site and dropped_at is null) as "isAdopted"
    from cluster.push_targets join delivery.placements on placements.site = push_targets.site
    where push_id = ${id} and placements.collection = ${target.collection} and placements.id = ${target.id} and placements.mode = 'mandatory'
      and not exists (
        select from cluster.push_targets other join cluster.pushes on pushes.id = other.push_id
        where other.site = placements.site and other.push_id <> ${id} and pushes.collection = ${target.collection} and pushes.document_id = ${target.id}
          and pushes.mode = 'mandatory' and pushes.taken_back_at is null)`)
  const chosen = stood.filter(({ isAdopted }) => isAdopted)
  const gone = stood.filter(({ isAdopted }) => !isAdopted).map(({ site }) => site)
  await query(req, sql`update cluster.push_targets set state = 'withdrawn', decided_at = ${now} where push_id = ${id} and site = any (${sql.param(gone)}::text[])`)
  const tags = [...await unplace(req, target, gone), ...await place(req, target, { mode: 'adopted', places: chosen, now })]
  return { tags, removed: gone.length, kept: chosen.length }
}

async function closeOffers(req: PayloadRequest, id: number, by: string, now: string): Promise<{ removed: number; kept: number }> {
  const closed = await query(req, sql`
    update cluster.push_targets set state = 'withdrawn', decided_at = ${now}, decided_by = ${by} where push_id = ${id} and state = 'open' returning site`)
  const [kept] = await query<{ count: number }>(req, sql`
    select count(*)::integer as count from cluster.push_targets where push_id = ${id} and state = 'adopted'`)
  return { removed: closed.length, kept: kept?.count ?? 0 }
}
