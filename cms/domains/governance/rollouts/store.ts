import type { PayloadRequest } from 'payload'
import type { Verdict } from '@cluster/shared/governance/templates/gates'
import type { Ring } from '@cluster/shared/governance/templates/rings'
import type { RolloutState } from '@cluster/shared/governance/templates/rollout'
import { UNLISTED_STATES } from '@cluster/shared/governance/site-lifecycle/standing'
import type { SiteFact } from '@cluster/shared/governance/site-tree'
import { personOf } from '../../../access/granted-sites.ts'
import { query, sql } from '../../../database/query.ts'

export type Rollout = {
  id: number
  release: string
  state: RolloutState
  version: number
  rings: Ring[]
  ring: number | null
  /** ISO 8601. */
  switchedAt: string | null
  attempt: number
  createdAt: string
  createdBy: string
}
export type RolloutSite = Pick<SiteFact, 'slug' | 'division' | 'region' | 'level' | 'parent' | 'path'> & { name: string; release: string }

const COLUMNS = sql`id, release, state, version, rings, ring, switched_at as "switchedAt", attempt, created_at as "createdAt", created_by_name as "createdBy"`

const isoOf = (value: string | null) => (value === null ? null : new Date(value).toISOString())
const rolloutOf = (row: Rollout): Rollout => ({ ...row, switchedAt: isoOf(row.switchedAt), createdAt: isoOf(row.createdAt)! })

/** The rollout, its row locked until the transaction's end; null where there is none. */
export async function lockRollout(req: PayloadRequest, id: number): Promise<Rollout | null> {
  const [row] = await query<Rollout>(req, sql`select ${COLUMNS} from cluster.rollouts where id = ${id} for update`)
  return row ? rolloutOf(row) : null
}

export async function readRollout(req: PayloadRequest, id: number): Promise<Rollout | null> {
  const [row] = await query<Rollout>(req, sql`select ${COLUMNS} from cluster.rollouts where id = ${id}`)
  return row ? rolloutOf(row) : null
}

/** All rollouts, the newest first. */
export async function listRollouts(req: PayloadRequest): Promise<Rollout[]> {
  return (await query<Rollout>(req, sql`select ${COLUMNS} from cluster.rollouts order by id desc`)).map(rolloutOf)
}

/** A draft with its plan. @returns its id */
export async function insertRollout(req: PayloadRequest, { release, rings, now }: { release: string; rings: readonly Ring[]; now: Date }): Promise<number> {
  const person = personOf(req)
  const [row] = await query<{ id: number }>(req, sql`
    insert into cluster.rollouts (release, state, rings, created_at, created_by, created_by_name)
    values (${release}, 'draft', ${JSON.stringify(rings)}::jsonb, ${now.toISOString()}, ${person?.id ?? null}, ${person?.name ?? '系统'}) returning id`)
  return row!.id
}

/** Writes what changes of a rollout; its version goes up by one. The row must be locked. */
export async function writeRollout(
  req: PayloadRequest, id: number, { state, rings, ring, switchedAt, attempt }: Pick<Rollout, 'state' | 'rings' | 'ring' | 'switchedAt' | 'attempt'>,
): Promise<void> {
  await query(req, sql`
    update cluster.rollouts set state = ${state}, rings = ${JSON.stringify(rings)}::jsonb, ring = ${ring}, switched_at = ${switchedAt}::timestamptz,
      attempt = ${attempt}, version = version + 1
    where id = ${id}`)
}

export type Step = {
  action: string
  from: RolloutState
  to: RolloutState
  ring: number | null
  attempt: number
  lesson?: string | undefined
  detail?: Record<string, unknown>
  now: Date
}

/** Adds a step to the rollout's history; without a person it was the system's own. */
export async function writeStep(req: PayloadRequest, id: number, { action, from, to, ring, attempt, lesson, detail = {}, now }: Step): Promise<void> {
  const person = personOf(req)
  await query(req, sql`
    insert into cluster.rollout_steps (rollout_id, action, from_state, to_state, ring, attempt, lesson, detail, person_id, person_name, unit, at)
    values (${id}, ${action}, ${from}, ${to}, ${ring}, ${attempt}, ${lesson?.trim() || null}, ${JSON.stringify(detail)}::jsonb,
      ${person?.id ?? null}, ${person?.name ?? '系统'}, ${person?.unit ?? ''}, ${now.toISOString()})`)
}

/** All sites that readers are shown, in the order of the tree, with what each runs. */
export async function readSites(req: PayloadRequest): Promise<RolloutSite[]> {
  return query<RolloutSite>(req, sql`
    select sites.slug, sites.division, sites.region::text as region, sites.level::text as level, parent.slug as parent, sites.path, sites.name, sites.release
    from sites left join sites parent on parent.id = sites.parent_id
    where not exists (select from cluster.site_standings where site_id = sites.id and standing->>'state' = any (${sql.param([...UNLISTED_STATES])}::text[])) order by sites.path`)
}

/** Verdicts of the present attempt by site. */
export async function readVerdicts(req: PayloadRequest, { id, attempt }: Pick<Rollout, 'id' | 'attempt'>): Promise<Map<string, Verdict[]>> {
  const rows = await query<{ site: string; verdicts: Verdict[] }>(req, sql`
    select site, verdicts from cluster.rollout_verdicts where rollout_id = ${id} and attempt = ${attempt}`)
  return new Map(rows.map(({ site, verdicts }) => [site, verdicts]))
}

export type Lesson = { rollout: number; release: string; action: string; ring: number | null; lesson: string; name: string; unit: string; at: string }

/** What was written down at earlier rollouts, the newest first; `except` leaves one out. */
export async function readLessons(req: PayloadRequest, { except = 0 }: { except?: number } = {}): Promise<Lesson[]> {
  const rows = await query<Lesson>(req, sql`
    select rollout_id as rollout, release, action, steps.ring, lesson, person_name as name, unit, at
    from cluster.rollout_steps steps join cluster.rollouts on rollouts.id = rollout_id
    where lesson is not null and rollout_id <> ${except} order by steps.id desc`)
  return rows.map((row) => ({ ...row, at: isoOf(row.at)! }))
}
