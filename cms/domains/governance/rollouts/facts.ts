import type { PayloadRequest } from 'payload'
import { type Issue, finding, refusal } from '@cluster/shared/issue'
import { manifestIssues } from '@cluster/shared/governance/templates/manifest'
import { ringIssues } from '@cluster/shared/governance/templates/rings'
import type { RolloutFacts } from '@cluster/shared/governance/templates/rollout'
import { query, sql } from '../../../database/query.ts'
import { clockOf } from '../../../review/clock.ts'
import { lastDryRun } from './dry-run.ts'
import { manifestNamed } from './manifest-named.ts'
import { isSteward } from './steward.ts'
import { readSites, readVerdicts, type Rollout } from './store.ts'

/** Everything that the rule wants to know of a rollout, read in the request's transaction. */
export async function factsOf(req: PayloadRequest, rollout: Rollout): Promise<RolloutFacts> {
  const [other] = await query<{ release: string }>(req, sql`
    select release from cluster.rollouts where state in ('running', 'halted') and id <> ${rollout.id} limit 1`)
  return {
    ...rollout,
    switchedAt: rollout.switchedAt === null ? null : new Date(rollout.switchedAt),
    verdicts: await readVerdicts(req, rollout),
    readiness: rollout.state === 'draft' ? (await readinessOf(req, rollout)).filter(({ severity }) => severity === 'error') : [],
    otherRunning: other?.release ?? null,
    isSteward: await isSteward(req),
    now: clockOf(req),
  }
}

/**
 * What stands against starting: the manifest, the plan, and the dry run. A finding of the dry run on a pilot blocks; one on a
 * site of a later ring is told, and is that ring's to be mended before its turn.
 */
export async function readinessOf(req: PayloadRequest, { id, release, rings }: Pick<Rollout, 'id' | 'release' | 'rings'>): Promise<Issue[]> {
  const manifest = manifestNamed(release)
  const sites = await readSites(req)
  return [
    ...(manifest ? manifestIssues(manifest) : [refusal('release-unknown', `程序里没有模板 ${release}。请先更新程序，再推行。`)]),
    ...ringIssues(rings, sites),
    ...await dryRunIssues(req, { id, pilots: rings[0]?.sites ?? [] }),
  ]
}

async function dryRunIssues(req: PayloadRequest, { id, pilots }: { id: number; pilots: readonly string[] }): Promise<Issue[]> {
  const run = await lastDryRun(req, id)
  if (!run || run.state !== 'done') {
    return [refusal('dry-run-missing', run?.state === 'running' ? '预演还没有做完。请等它结束再开始。' : '还没有完整地预演过。请先预演，看看各站点会有什么问题。')]
  }
  const red = run.red.filter((site) => pilots.includes(site))
  const later = run.red.length - red.length
  return [
    ...(red.length > 0 ? [refusal('dry-run-red', `预演时 ${red.length} 个试点站点有不合格的检查项。请解决后重新预演，或把它们移到后面的圈。`)] : []),
    ...(later > 0 ? [finding('dry-run-red-later', `预演时后面各圈有 ${later} 个站点不合格，轮到它们之前要解决。`)] : []),
  ]
}
