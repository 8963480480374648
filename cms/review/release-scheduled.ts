import { createLocalReq, type Payload } from 'payload'
import { isPermitted } from '@cluster/shared/issue'
import { contentDigest } from '@cluster/shared/publishing/digest'
import { chainOf, disclosureIssues } from '@cluster/shared/publishing/disclosure'
import { inTransaction, query, sql } from '../database/query.ts'
import { announce } from '../delivery/announce.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'
import { audit } from '../audit/record.ts'
import { correctionsOf } from './corrections.ts'
import { reviewable } from './reviewable.ts'
import { lockRow, writeRow } from './rows.ts'
import { standingSignOffs, voidSignOffs } from './sign-offs.ts'

export type ScheduledRelease = { collection: ReviewedCollection; id: number; version: number; now: Date }

/** The worker's clock may be behind the database's, which starts the job. */
const CLOCK_TOLERANCE_MS = 60_000

/**
 * Publishes what was signed for this time. Whatever changed since (edited, recalled, cancelled) has changed state or version, and then
 * nothing happens: the job is told what it was about, never what to believe.
 * @returns true when the document is public now
 */
export async function releaseScheduled(payload: Payload, { collection, id, version, now }: ScheduledRelease): Promise<boolean> {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const row = await lockRow(req, collection, id)
    if (row?.state !== 'scheduled' || row.version !== version || row.scheduledFor === null) return false
    // Cancelled and scheduled anew while this job was on its way: the new time has a job of its own.
    if (Date.parse(row.scheduledFor) > now.getTime() + CLOCK_TOLERANCE_MS) return false
    const { sign, publish, onStep } = reviewable(collection)
    const signable = await sign(req, id)
    const digest = contentDigest(signable.content)
    const signOffs = await standingSignOffs(req, { collection, id })
    const disclosure = { chain: chainOf(signOffs), digest }
    const isAsSigned = signOffs.every((signOff) => signOff.digest === digest)
    if (!isAsSigned || !isPermitted([...signable.issues, ...disclosureIssues(disclosure)])) {
      // Somebody changed what the text shows (a picture, a column) after it was signed: back to the approver's desk, not to the public.
      await writeRow(req, collection, id, {
        state: 'final-review', isLive: row.isLive, publishedAt: row.publishedAt, scheduledFor: null, reviewDueAt: row.reviewDueAt }, now.toISOString())
      await voidSignOffs(req, { collection, id, which: 'final-review', cause: 'release-refused', now: now.toISOString() })
      await audit(req, { deed: 'release-refused', collection, documentId: id, version, siteId: row.siteId })
      return false
    }
    const at = now.toISOString()
    const publishedAt = row.publishedAt === null ? at : new Date(row.publishedAt).toISOString()
    await writeRow(req, collection, id, { state: 'published', isLive: true, publishedAt, scheduledFor: null, reviewDueAt: null }, at)
    await query(req, sql`
      insert into cluster.transitions (collection, document_id, action, from_state, to_state, person_name, unit, at)
      values (${collection}, ${id}, 'release', 'scheduled', 'published', '定时发布', '系统', ${at})`)
    await audit(req, { deed: 'release', collection, documentId: id, version, siteId: row.siteId })
    const tags = await publish(req, id, signable, { disclosure, publishedAt, corrections: await correctionsOf(req, { collection, id }) })
    tags.push(...await onStep?.(req, id, { state: 'published', at }) ?? [])
    await announce(req, tags)
    return true
  })
}
