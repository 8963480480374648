import { createLocalReq, type Payload } from 'payload'
import { mandatedColumn } from '@cluster/shared/governance/mandated-columns'
import { localDate } from '@cluster/shared/interaction/working-days'
import type { Action } from '@cluster/shared/publishing/states'
import { markdownToRichText } from '../import/markdown-to-rich-text.ts'
import type { User } from '../payload-types.ts'
import { performTransition, type TransitionRequest } from '../review/perform.ts'
import type { DemoDocument } from './site-content.ts'
import { chainTimes, officeTimeBefore, spreadOf } from './office-hours.ts'

export type Office = {
  siteId: number
  /** Column key → id. */
  columns: ReadonlyMap<string, number>
  editor: User
  firstReviewer: User
  secondReviewer: User
  finalReviewer: User
}

type ReviewedDocument = { collection: 'articles' | 'policies' | 'letters'; id: number; version: number }

/** Acts as a person at a time: a request like any other, but for its clock. */
export const requestAs = (payload: Payload, user: User, clock: Date) => createLocalReq({ user: { ...user, collection: 'users' }, context: { clock } }, payload)

/**
 * Writes a demo text and takes it through the chain as its office would: the same saves, the same transitions, the same rules.
 * @returns the document's id
 */
export async function publishDemoDocument(
  payload: Payload, office: Office, document: DemoDocument, { now, policyIds }: { now: Date; policyIds: ReadonlyMap<string, number> },
): Promise<number> {
  const times = chainTimes(officeTimeBefore(now, document.daysAgo, spreadOf(document.title)), spreadOf(document.body))
  const req = await requestAs(payload, office.editor, times.draft)
  const common = {
    site: office.siteId, column: office.columns.get(document.column)!, title: document.title, summary: document.summary,
    keywords: document.keywords, body: markdownToRichText(document.body) as never, state: 'draft' as const, version: 1,
  }
  const isPolicy = mandatedColumn(document.column)?.kind === 'policy'
  const created = isPolicy
    ? await payload.create({
      collection: 'policies', req, overrideAccess: false, user: req.user, depth: 0,
      data: {
        ...common, documentNumber: document.documentNumber, issuer: document.issuer, subject: document.subject ?? '综合',
        genre: document.genre ?? '通知', validity: document.validity ?? 'in-force',
        issuedOn: localDate(new Date(now.getTime() - (document.issuedDaysAgo ?? document.daysAgo) * 86_400_000)),
      },
    })
    : await payload.create({
      collection: 'articles', req, overrideAccess: false, user: req.user, depth: 0,
      data: { ...common, origin: { type: 'original' }, policies: document.interprets ? [policyIds.get(document.interprets)!] : [] },
    })
  const target = { collection: isPolicy ? 'policies' as const : 'articles' as const, id: created.id, version: created.version }
  await takeThroughChain(payload, office, target, times, document.waits)
  return created.id
}

/** Submits and reviews, as far as the text is meant to come. */
export async function takeThroughChain(
  payload: Payload, office: Office, target: ReviewedDocument, times: ReturnType<typeof chainTimes>, waits?: DemoDocument['waits'],
): Promise<void> {
  const act = async (person: User, action: Action, clock: Date, more: Partial<TransitionRequest> = {}) => {
    await performTransition(await requestAs(payload, person, clock), target, { action, version: target.version, ...more })
  }
  if (waits === 'draft') return
  await act(office.editor, 'submit', times.draft)
  if (waits === 'first-review') return
  if (waits === 'returned') {
    await act(office.firstReviewer, 'return', times.first, { reason: '第二段的数字与附表对不上，请核对后再报。' })
    return
  }
  await act(office.firstReviewer, 'approve', times.first)
  if (waits === 'second-review') return
  await act(office.secondReviewer, 'approve', times.second)
  if (waits === 'final-review') return
  await act(office.finalReviewer, 'approve', times.final)
}
