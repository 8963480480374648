import type { PayloadRequest } from 'payload'
import { isPermitted, type Issue, refusal } from '@cluster/shared/issue'
import {
  type ChainDecision, type ChainFacts, decideTransition, LATER_REVIEW_HOURS, missingLinks,
} from '@cluster/shared/governance/review-chain'
import { contentDigest } from '@cluster/shared/publishing/digest'
import { chainOf, disclosureIssues } from '@cluster/shared/publishing/disclosure'
import type { Action, SignOff, State } from '@cluster/shared/publishing/states'
import type { Disclosure } from '@cluster/shared/delivery/records'
import { dutiesOnSite, personOf } from '../access/granted-sites.ts'
import { siteTree } from '../access/site-tree-cache.ts'
import { inTransaction, query, sql } from '../database/query.ts'
import { announce } from '../delivery/announce.ts'
import { frozenIssue } from '../domains/governance/site-lifecycle/frozen.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'
import { enqueue, unqueue } from '../outbox/enqueue.ts'
import { audit } from '../audit/record.ts'
import { authorsOf } from './authors.ts'
import { clockOf } from './clock.ts'
import { correctionsOf } from './corrections.ts'
import { reviewable, type Signable } from './reviewable.ts'
import { type HeldRow, lockRow, writeRow } from './rows.ts'
import { standingSignOffs, voidSignOffs, writeSignOff } from './sign-offs.ts'
import { TransitionRefused, statusOf } from './transition-refused.ts'

export type TransitionRequest = { action: Action; version: number; reason?: string | undefined; at?: Date | undefined }
export type TransitionOutcome = { state: State; version: number }
type Target = { collection: ReviewedCollection; id: number }

/**
 * Takes one step of the review chain in one transaction: sign-off, state, audit row, delivery record, outbox job and, last, the row of the
 * change feed. The one way in which a state changes.
 * @throws TransitionRefused with every reason; nothing is changed then
 */
export async function performTransition(
  req: PayloadRequest, target: Target, request: TransitionRequest,
): Promise<TransitionOutcome> {
  return inTransaction(req, async () => {
    const row = await lockRow(req, target.collection, target.id)
    if (!row) throw new TransitionRefused(404, [refusal('not-found', '没有找到这篇稿件，可能已被移走。')])
    if (row.version !== request.version) {
      throw new TransitionRefused(409, [refusal('stale-version', `稿件已经更新到第 ${row.version} 版，您看到的是第 ${request.version} 版。请刷新后再操作。`, 'version')])
    }
    // A wrong text comes down whatever happens to its site.
    const frozen = request.action === 'withdraw' ? null : await frozenIssue(req, { siteId: row.siteId, ...target })
    if (frozen) throw new TransitionRefused(409, [frozen])
    const never = reviewable(target.collection).refused?.[request.action]
    if (never) throw new TransitionRefused(409, [refusal('never-here', never)])
    const signable = await reviewable(target.collection).sign(req, target.id)
    const facts = await factsOf(req, target, row, contentDigest(signable.content))
    const decision = decideTransition(facts, request)
    const issues = [...decision.issues, ...textIssues(decision, signable, request.action)]
    if (!isPermitted(issues)) {
      const errors = issues.filter(({ severity }) => severity === 'error')
      throw new TransitionRefused(statusOf(errors), errors)
    }
    return carryOut(req, target, { row, facts, decision, signable, request })
  })
}

/** The chain's facts about a document, as the person who asks stands to it. */
export async function factsOf(req: PayloadRequest, { collection, id }: Target, row: HeldRow, digest: string): Promise<ChainFacts> {
  const person = personOf(req)
  const site = (await siteTree(req.payload)).find((node) => node.id === row.siteId)
  return {
    state: row.state,
    isLive: row.isLive,
    signOffs: await standingSignOffs(req, { collection, id }),
    digest,
    authorIds: await authorsOf(req, { collection, id }, row),
    person: { id: person?.id ?? 0, name: person?.name ?? '', unit: person?.unit ?? '' },
    duties: await dutiesOnSite(req, row.siteId),
    mayDrafterReviewFirst: site?.mayDrafterReviewFirst ?? false,
    now: clockOf(req),
  }
}

/** An incomplete text is stopped when it is submitted and, once more, before the public could see it. */
function textIssues(decision: ChainDecision, signable: Signable, action: Action): Issue[] {
  return action === 'submit' || decision.effect === 'publish' || decision.effect === 'schedule' ? signable.issues : []
}

type Step = { row: HeldRow; facts: ChainFacts; decision: ChainDecision; signable: Signable; request: TransitionRequest }

async function carryOut(req: PayloadRequest, target: Target, step: Step): Promise<TransitionOutcome> {
  const { row, facts, decision, request } = step
  const now = facts.now.toISOString()
  if (decision.voids !== 'none') {
    const which = decision.voids === 'final' ? 'final-review' : 'all'
    await voidSignOffs(req, { ...target, which, cause: request.action, now })
  }
  const signed = newSignOffs(step, now)
  for (const signOff of signed) await writeSignOff(req, { ...target, version: row.version, signOff, reason: request.reason })
  const standing = decision.voids === 'all' ? signed
    : [...facts.signOffs.filter(({ link }) => decision.voids !== 'final' || link !== 'final-review'), ...signed]
  const publishedAt = decision.effect === 'publish' ? row.publishedAt ?? now : row.publishedAt
  await writeRow(req, target.collection, target.id, {
    state: decision.next,
    isLive: decision.next === 'published' || (row.isLive && decision.next !== 'withdrawn'),
    publishedAt: isoOrNull(publishedAt),
    scheduledFor: decision.effect === 'schedule' ? request.at!.toISOString() : null,
    reviewDueAt: reviewDueAt(step, standing),
  }, now)
  await recordStep(req, target, step, now)
  const tags = await publicEffect(req, target, step, standing, now)
  tags.push(...await reviewable(target.collection).onStep?.(req, target.id, { state: decision.next, at: now }) ?? [])
  if (tags.length > 0) await announce(req, tags)
  return { state: decision.next, version: row.version }
}

function newSignOffs({ decision, facts }: Step, now: string): SignOff[] {
  const signOff = (link: SignOff['link']): SignOff => ({
    link, personId: facts.person.id, name: facts.person.name, unit: facts.person.unit, at: now, digest: facts.digest,
    isEmergency: decision.isEmergency,
  })
  return decision.signs.map(signOff)
}

function reviewDueAt({ decision, facts, row }: Step, standing: readonly SignOff[]): string | null {
  if (missingLinks(standing).length === 0) return null
  if (decision.isEmergency) return new Date(facts.now.getTime() + LATER_REVIEW_HOURS * 3_600_000).toISOString()
  if (decision.effect === 'publish') return null
  return isoOrNull(row.reviewDueAt)
}

async function recordStep(req: PayloadRequest, { collection, id }: Target, { row, facts, decision, request }: Step, now: string): Promise<void> {
  await query(req, sql`
    insert into cluster.transitions (collection, document_id, action, from_state, to_state, reason, person_id, person_name, unit, at)
    values (${collection}, ${id}, ${request.action}, ${row.state}, ${decision.next}, ${request.reason?.trim() || null},
      ${facts.person.id || null}, ${facts.person.name}, ${facts.person.unit}, ${now})`)
  await audit(req, { deed: request.action, collection, documentId: id, version: row.version, siteId: row.siteId, detail: { from: row.state, to: decision.next } })
  if (decision.effect === 'schedule') {
    await enqueue(req, 'release-scheduled', { collection, id, version: row.version }, { key: `release:${collection}/${id}`, at: request.at! })
  } else if (row.state === 'scheduled') {
    await unqueue(req, `release:${collection}/${id}`)
  }
}

async function publicEffect(req: PayloadRequest, target: Target, step: Step, standing: readonly SignOff[], now: string): Promise<string[]> {
  const { row, facts, decision, request, signable } = step
  const { publish, withdraw } = reviewable(target.collection)
  if (decision.effect === 'withdraw') {
    return withdraw(req, target.id, {
      reason: request.reason!.trim(), name: facts.person.name, unit: facts.person.unit, at: now,
    })
  }
  if (decision.effect !== 'publish' && request.action !== 'review-later') return []
  const disclosure = await disclosureOf(req, target, step, standing, now)
  const issues = disclosureIssues(disclosure)
  if (!isPermitted(issues)) throw new TransitionRefused(422, issues)
  return publish(req, target.id, signable, {
    disclosure, publishedAt: isoOrNull(row.publishedAt) ?? now, corrections: await correctionsOf(req, target),
  })
}

/** The displayed chain; as long as reviews of an emergency publication are missing it shows who ordered it, why, and until when. */
async function disclosureOf(req: PayloadRequest, target: Target, step: Step, standing: readonly SignOff[], now: string): Promise<Disclosure> {
  const draft = standing.find(({ link }) => link === 'draft') ?? await authorAsDrafter(req, step)
  const chain = chainOf(draft ? [draft, ...standing.filter(({ link }) => link !== 'draft')] : standing)
  const order = standing.find(({ isEmergency }) => isEmergency)
  const isReviewed = missingLinks(standing).length === 0
  return {
    chain,
    digest: step.facts.digest,
    ...(order && !isReviewed ? { emergency: {
      name: order.name, unit: order.unit, at: order.at, reason: await emergencyReason(req, target, step),
      reviewDueAt: isoOrNull(step.row.reviewDueAt) ?? new Date(Date.parse(now) + LATER_REVIEW_HOURS * 3_600_000).toISOString(),
    } } : {}),
  }
}

/** A text that is published in an emergency before anybody submitted it was drafted by whoever saved it last. */
async function authorAsDrafter(req: PayloadRequest, { row, facts }: Step): Promise<SignOff | null> {
  if (row.authorId === null) return null
  const author = await req.payload.findByID({ collection: 'users', id: row.authorId, depth: 0, req, overrideAccess: true })
  return { link: 'draft', personId: author.id, name: author.name, unit: author.unit, at: facts.now.toISOString(), digest: facts.digest }
}

async function emergencyReason(req: PayloadRequest, { collection, id }: Target, { request }: Step): Promise<string> {
  if (request.action === 'publish-now') return request.reason!.trim()
  const [row] = await query<{ reason: string }>(req, sql`select reason from cluster.transitions
    where collection = ${collection} and document_id = ${id} and action = 'publish-now' order by id desc limit 1`)
  return row?.reason ?? ''
}

const isoOrNull = (value: string | null) => (value === null ? null : new Date(value).toISOString())
