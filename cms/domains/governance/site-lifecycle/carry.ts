import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { inTransaction } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import { audit } from '../../../audit/record.ts'
import { clockOf } from '../../../review/clock.ts'
import { type Carrying, moveDocuments } from './move-documents.ts'
import { moveReferences, returnReferences } from './move-references.ts'
import { returnDocuments } from './return-documents.ts'
import { lockChange, readSites, type SiteChange, writeChange, writeProgress, writeStep } from './store.ts'
import { showStanding } from './show-standing.ts'

/** The sites of a merger and how columns are mapped. @throws Error when one of them does not exist */
export async function carryingOf(req: PayloadRequest, change: SiteChange): Promise<Carrying> {
  const sites = await readSites(req)
  const [from, into] = [change.site, change.target].map((slug) => sites.find((site) => site.slug === slug))
  if (!from || !into) throw new Error(`site change ${change.id} names a site that does not exist`)
  return { change: change.id, from, into, keys: change.facts.columns ?? {} }
}

/**
 * Carries the next portion of a merger, to the other site or back, in one transaction that ends with the order for the rest: killed at any
 * point, what was not committed is simply done again. When nothing is left the step is taken, or taken back.
 * @returns false when nothing was left to do
 */
export async function carryPortion(payload: Payload, id: number, { portion, now }: { portion?: number; now: Date }): Promise<boolean> {
  const req = await createLocalReq({ context: { clock: now } }, payload)
  return inTransaction(req, async () => {
    const change = await lockChange(req, id)
    if (change?.state !== 'moving' && change?.state !== 'returning') return false
    const carrying = await carryingOf(req, change)
    const isMoving = change.state === 'moving'
    const { count, tags } = await (isMoving ? moveDocuments : returnDocuments)(req, carrying, portion)
    if (count > 0) {
      await writeProgress(req, { id, moved: Math.max(0, change.moved + (isMoving ? count : -count)) })
      await orderPortion(req, id)
      await announce(req, tags)
      return true
    }
    const references = await (isMoving ? moveReferences : returnReferences)(req, carrying)
    const standing = await (isMoving ? showEmptied : showReturned)(req, carrying)
    await writeChange(req, { ...change, state: 'active', done: change.done + (isMoving ? 1 : 0), moved: isMoving ? change.moved : 0 })
    const action = isMoving ? 'moved' : 'returned'
    await writeStep(req, id, { action, step: 'move', detail: { total: change.total }, now: clockOf(req) })
    await audit(req, { deed: 'change-site', site: change.site, detail: { change: id, action, step: 'move', total: change.total } })
    const last = [...references, ...standing]
    if (last.length > 0) await announce(req, last)
    return false
  })
}

/** Puts the next portion into the outbox. */
export const orderPortion = (req: PayloadRequest, change: number): Promise<void> => enqueue(req, 'move-site', { change }, { key: `move-site:${change}` })

/** Nothing is left on the site: until somebody decides for good, its readers are sent to where it all is. */
async function showEmptied(req: PayloadRequest, { from, into, keys }: Carrying): Promise<string[]> {
  return showStanding(req, from, {
    standing: { state: 'merging', into: into.slug, columns: keys, isEmptied: true }, isFrozen: true, reason: await mergingReason(req, into.slug) })
}

/** All of it is back: the site still rests, and its readers need not know. */
async function showReturned(req: PayloadRequest, { from, into }: Carrying): Promise<string[]> {
  return showStanding(req, from, { standing: null, isFrozen: true, reason: await mergingReason(req, into.slug) })
}

/** The sentence that editors of a site read while it is merged. */
export async function mergingReason(req: PayloadRequest, into: string): Promise<string> {
  const name = (await readSites(req)).find(({ slug }) => slug === into)?.name ?? into
  return `本站点正在并入“${name}”，已停止编辑，刚才的修改没有保存。有急事请联系省级编办；内容有错，仍可撤稿。`
}
