import type { PayloadRequest } from 'payload'
import { decideRollout, type RolloutAction, type RolloutDecision } from '@cluster/shared/governance/templates/rollout'
import { isPermitted } from '@cluster/shared/issue'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse, Refused } from '../../people/answer.ts'
import { factsOf } from './facts.ts'
import { requireSteward } from './steward.ts'
import { lockRollout, type Rollout, writeRollout, writeStep } from './store.ts'
import { returnSites, switchSites } from './switch-sites.ts'

export type StepRequest = { action: RolloutAction; version: number; lesson?: string | undefined }

/** Names the lock that steps of all rollouts take in turn. */
const ROLLOUT_LOCK = 726_510
/** Codes of the rule that mean: somebody else was first. */
const CONFLICTS = ['stale-version', 'wrong-state']

/**
 * Takes a step of a rollout in one transaction: state, sites, public records, history, audit row, the job that measures, and,
 * last, one row of the change feed for all sites that switch.
 * @throws Refused with every reason; nothing is changed then
 */
export async function takeStep(req: PayloadRequest, id: number, request: StepRequest): Promise<void> {
  await requireSteward(req)
  await inTransaction(req, async () => {
    // Of two drafts that are started at the same moment the second must see the first.
    await query(req, sql`select pg_advisory_xact_lock(${ROLLOUT_LOCK})`)
    const rollout = await lockRollout(req, id) ?? refuse(404, 'not-found', '没有找到这次推行。')
    const decision = decideRollout(await factsOf(req, rollout), request)
    if (!isPermitted(decision.issues)) {
      throw new Refused(decision.issues.some(({ code }) => CONFLICTS.includes(code)) ? 409 : 422, decision.issues)
    }
    await carryOut(req, rollout, { decision, action: request.action, lesson: request.lesson })
  })
}

type Carried = { decision: Pick<RolloutDecision, 'next' | 'switches' | 'returns'>; action: string; lesson?: string | undefined; detail?: Record<string, unknown> }

/** Does what was decided; the rollout's row must be locked. */
export async function carryOut(req: PayloadRequest, rollout: Rollout, { decision, action, lesson, detail = {} }: Carried): Promise<void> {
  const { next, switches, returns } = decision
  const now = clockOf(req)
  const isSwitching = switches.length > 0
  const attempt = rollout.attempt + (isSwitching ? 1 : 0)
  const switchedAt = isSwitching ? now.toISOString() : next.state === 'running' || next.state === 'completed' ? rollout.switchedAt : null
  await writeRollout(req, rollout.id, { ...rollout, ...next, switchedAt, attempt })
  await writeStep(req, rollout.id, { action, from: rollout.state, to: next.state, ring: next.ring, attempt, lesson, detail: { switches, returns, ...detail }, now })
  const tags = [
    ...(isSwitching ? await switchSites(req, rollout.id, { sites: switches, release: rollout.release }) : []),
    ...(returns.length > 0 ? await returnSites(req, rollout.id, returns) : []),
  ]
  await audit(req, {
    deed: 'roll-out', version: rollout.version + 1,
    detail: { rollout: rollout.id, release: rollout.release, action, ring: next.ring, switches: switches.length, returns: returns.length } })
  if (isSwitching) await enqueue(req, 'measure-ring', { rollout: rollout.id, attempt }, { key: `measure-ring:${rollout.id}` })
  if (tags.length > 0) await announce(req, tags)
}
