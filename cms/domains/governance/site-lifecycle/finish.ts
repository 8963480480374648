import type { PayloadRequest } from 'payload'
import { query, sql } from '../../../database/query.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { refuse } from '../../people/answer.ts'
import { carryingOf } from './carry.ts'
import { countMovable, endTags, MOVE_PORTION, moveDocuments } from './move-documents.ts'
import { moveReferences } from './move-references.ts'
import { showStanding } from './show-standing.ts'
import type { ChangeSite, SiteChange } from './store.ts'

type Ends = { from: ChangeSite; into: ChangeSite }
type Effect = { tags: string[]; detail: Record<string, unknown> }

/**
 * The last step of a merger: what came in since (letters, offers from above) goes along, and every address of the site leads to the other
 * one for good.
 * @throws Refused 409 where more has come in than one transaction should carry
 */
export async function finishMerger(req: PayloadRequest, change: SiteChange, { from, into }: Ends): Promise<Effect> {
  const left = await countMovable(req, from.id)
  if (left > MOVE_PORTION) refuse(409, 'left-over', `搬移以后又来了 ${left} 件内容。请撤回两步，再搬移一次。`)
  const carrying = await carryingOf(req, change)
  const tags = [...(await moveDocuments(req, carrying)).tags, ...await moveReferences(req, carrying)]
  const standing = { state: 'moved' as const, into: into.slug, columns: carrying.keys }
  tags.push(...await showStanding(req, from, {
    standing, isFrozen: true, reason: `本站点已并入“${into.name}”，不能再编辑。请到“${into.name}”办理。` }), ...endTags({ from, into }))
  return { tags, detail: { into: into.slug, leftOver: left } }
}

/**
 * The last step of a closing: every address leads to the home page of the site above for good. Its texts stay in the database as they are,
 * and where other sites show them; search finds them no more.
 */
export async function finishClosing(req: PayloadRequest, { from, into }: Ends): Promise<Effect> {
  const tags = await showStanding(req, from, { standing: { state: 'closed', successor: into.slug }, isFrozen: true, reason: '本站点已关闭，不能再编辑。请联系上级编办。' })
  const found = await query<{ collection: DocumentCollection; ids: number[] }>(req, sql`
    select collection, array_agg(id) as ids from delivery.records where site = ${from.slug} group by collection`)
  for (const { collection, ids } of found) await enqueue(req, 'index-documents', { collection, ids })
  return { tags, detail: { successor: into.slug } }
}
