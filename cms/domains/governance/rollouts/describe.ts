import type { PayloadRequest } from 'payload'
import type { Issue } from '@cluster/shared/issue'
import { type RolloutAction, ROLLOUT_ACTIONS, soakOverAt, decideRollout } from '@cluster/shared/governance/templates/rollout'
import { query, sql } from '../../../database/query.ts'
import { type DryRun, lastDryRun } from './dry-run.ts'
import { factsOf, readinessOf } from './facts.ts'
import { manifestNamed } from './manifest-named.ts'
import { type Lesson, readLessons, readRollout, readSites, type Rollout, type RolloutSite } from './store.ts'

export type RolloutStep = {
  id: string
  action: string
  from: string
  to: string
  ring: number | null
  lesson: string | null
  detail: { switches?: string[]; returns?: string[]; site?: string; gates?: string[]; to?: number; hours?: number }
  name: string
  unit: string
  at: string
}

export type RolloutPage = {
  rollout: Rollout
  manifest: { name: string; changes: string[]; issuedOn: string | null } | null
  sites: Array<RolloutSite & { /** Of the present attempt; null: not measured (yet). */ isGreen: boolean | null }>
  readiness: Issue[]
  /** Why a step may not be taken now; empty where it may. `lesson-required` is asked for by the dialog. */
  actions: Array<{ action: RolloutAction; issues: Issue[] }>
  soakOverAt: string | null
  dryRun: DryRun | null
  steps: RolloutStep[]
  lessons: Lesson[]
}

/** A rollout as its page shows it; null where there is none. */
export async function describeRollout(req: PayloadRequest, id: number): Promise<RolloutPage | null> {
  const rollout = await readRollout(req, id)
  if (!rollout) return null
  const [facts, sites, steps, dryRun, lessons, readiness] = await Promise.all([
    factsOf(req, rollout), readSites(req), readSteps(req, id), lastDryRun(req, id), readLessons(req, { except: id }),
    rollout.state === 'draft' ? readinessOf(req, rollout) : [],
  ])
  const manifest = manifestNamed(rollout.release)
  const ring = rollout.ring === null ? undefined : rollout.rings[rollout.ring]
  const verdictOf = (slug: string) => facts.verdicts.get(slug)?.every(({ isGreen }) => isGreen) ?? null
  return {
    rollout, readiness, dryRun, steps, lessons,
    manifest: manifest ? { name: manifest.name, changes: manifest.changes, issuedOn: manifest.issuedOn } : null,
    sites: sites.map((site) => ({ ...site, isGreen: verdictOf(site.slug) })),
    soakOverAt: ring && rollout.state === 'running' ? soakOverAt(ring, facts.switchedAt)?.toISOString() ?? null : null,
    actions: (Object.keys(ROLLOUT_ACTIONS) as RolloutAction[]).flatMap((action) => {
      const issues = decideRollout(facts, { action, version: rollout.version }).issues
      return issues.some(({ code }) => code === 'wrong-state') ? [] : [{ action, issues: [...issues] }]
    }),
  }
}

async function readSteps(req: PayloadRequest, id: number): Promise<RolloutStep[]> {
  const rows = await query<RolloutStep>(req, sql`
    select id::text, action, from_state as "from", to_state as "to", ring, lesson, detail, person_name as name, unit, at
    from cluster.rollout_steps where rollout_id = ${id} order by rollout_steps.id desc`)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}
