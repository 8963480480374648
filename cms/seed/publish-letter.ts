import type { Payload } from 'payload'
import { receiveLetter } from '../domains/interaction/letters/receive.ts'
import { chainTimes, officeTimeBefore, spreadOf } from './office-hours.ts'
import { type Office, requestAs, takeThroughChain } from './publish-document.ts'
import type { DemoLetter } from './site-content.ts'

const HOUR_MS = 3_600_000

/** Receives a demo letter and has it answered within two to three days, as its office would. */
export async function publishDemoLetter(
  payload: Payload, office: Office & { slug: string }, letter: DemoLetter, { now, secret }: { now: Date; secret: string },
): Promise<void> {
  const spread = spreadOf(letter.title)
  const answeredAt = officeTimeBefore(now, letter.daysAgo, spread)
  const receivedAt = new Date(answeredAt.getTime() - (26 + spread * 30) * HOUR_MS)
  await receiveLetter(payload, {
    site: office.slug, kind: letter.kind, name: `${letter.sender}先生`, contact: '13800000000', title: letter.title, text: letter.text, mayPublish: true,
  }, { now: receivedAt, secret })
  const { docs: [received] } = await payload.find({
    collection: 'letters', where: { and: [{ site: { equals: office.siteId } }, { title: { equals: letter.title } }] }, limit: 1, depth: 0, overrideAccess: true })
  if (!received) throw new Error(`demo letter was not received: ${letter.title}`)
  const times = chainTimes(answeredAt, spread)
  const req = await requestAs(payload, office.editor, times.draft)
  const answered = await payload.update({
    collection: 'letters', id: received.id, req, overrideAccess: false, user: req.user, depth: 0,
    data: { version: received.version, answer: letter.answer.trim(), isPublic: true },
  })
  await takeThroughChain(payload, office, { collection: 'letters', id: received.id, version: answered.version }, times)
}
