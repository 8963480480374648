import type { PayloadRequest } from 'payload'
import type { SiteEvidence, Verdict } from '@cluster/shared/governance/templates/gates'
import { decideAfterMeasuring } from '@cluster/shared/governance/templates/rollout'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { lockRollout, readVerdicts } from './store.ts'
import { carryOut } from './take-step.ts'

export type Measured = { rollout: number; attempt: number; site: string; verdicts: readonly Verdict[]; evidence: SiteEvidence }

/**
 * Keeps what was found on a site, with its evidence, and lets it have its consequence in the same transaction: a red gate stops
 * the ring, and all of its sites go back. Of an attempt that is over only the finding is kept.
 * @returns true while the attempt goes on, so that the next site is worth measuring
 */
export async function noteVerdict(req: PayloadRequest, { rollout: id, attempt, site, verdicts, evidence }: Measured): Promise<boolean> {
  return inTransaction(req, async () => {
    const rollout = await lockRollout(req, id)
    if (!rollout) return false
    const ring = rollout.rings.findIndex(({ sites }) => sites.includes(site))
    await query(req, sql`
      insert into cluster.rollout_verdicts (rollout_id, attempt, ring, site, is_green, verdicts, evidence)
      values (${id}, ${attempt}, ${ring}, ${site}, ${verdicts.every(({ isGreen }) => isGreen)}, ${JSON.stringify(verdicts)}::jsonb, ${JSON.stringify(evidence)}::jsonb)
      on conflict (rollout_id, attempt, site) do nothing`)
    if (rollout.attempt !== attempt || rollout.state !== 'running') return false
    const { next, returns } = decideAfterMeasuring({ ...rollout, verdicts: await readVerdicts(req, rollout) })
    if (next.state === 'running') return true
    const red = verdicts.filter(({ isGreen }) => !isGreen).map(({ gate }) => gate)
    await carryOut(req, rollout, { decision: { next, switches: [], returns }, action: 'red-gate', detail: { site, gates: red } })
    return false
  })
}
