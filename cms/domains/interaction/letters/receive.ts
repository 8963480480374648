import { createHash } from 'node:crypto'
import { createLocalReq, type Payload } from 'payload'
import type { LetterSubmission } from '@cluster/shared/delivery/intake'
import { latestTag } from '@cluster/shared/delivery/tags'
import { answerDueAt } from '@cluster/shared/interaction/letters'
import { hashCode, makeCode, normaliseCode } from '@cluster/shared/interaction/query-code'
import { siteTree } from '../../../access/site-tree-cache.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { openStatus } from './status.ts'

/**
 * Receives a letter from the public. A page that is sent twice makes one letter: the code follows from the letter itself, the day and the
 * cluster's secret, so that nobody else can derive it.
 * @returns the query code, the only time that it exists in clear; null when there is no such site
 */
export async function receiveLetter(
  payload: Payload, submission: LetterSubmission, { now, secret }: { now: Date; secret: string },
): Promise<string | null> {
  const site = (await siteTree(payload)).find(({ slug }) => slug === submission.site)
  if (!site) return null
  const code = codeFor([secret, submission, now.toISOString().slice(0, 10)])
  const codeHash = hashCode(normaliseCode(code)!)
  const req = await createLocalReq({ context: { clock: now } }, payload)
  await inTransaction(req, async () => {
    // The lock makes two clicks on one button one letter, whichever process each of them reaches.
    await query(req, sql`select pg_advisory_xact_lock(hashtext(${codeHash}))`)
    const { totalDocs } = await payload.count({ collection: 'letters', where: { codeHash: { equals: codeHash } }, req, overrideAccess: true })
    if (totalDocs > 0) return
    const letter = await payload.create({
      collection: 'letters', req, overrideAccess: true, showHiddenFields: true, depth: 0,
      data: {
        site: site.id, kind: submission.kind, title: submission.title, text: submission.text, about: submission.about ?? null,
        senderName: submission.name, senderContact: submission.contact, mayPublish: submission.mayPublish, codeHash,
        receivedAt: now.toISOString(), dueAt: answerDueAt(submission.kind, now).toISOString(), state: 'draft', version: 1,
      },
    })
    await openStatus(req, letter, site.slug)
    await announce(req, [latestTag(site.slug)])
  })
  return code
}

/** A code that follows from its seed: hashes of the seed and a counter stand in for the random bytes. */
function codeFor(seed: unknown): string {
  let round = 0
  return makeCode((count) => {
    round += 1
    return createHash('sha256').update(JSON.stringify([seed, round])).digest().subarray(0, count)
  })
}
