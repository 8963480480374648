import type { PayloadRequest } from 'payload'
import type { SiteLevel } from '@cluster/shared/governance/site-tree'
import type { Region } from '@cluster/shared/governance/jiangsu-divisions'
import type { OpeningFacts } from '@cluster/shared/governance/site-lifecycle/opening'
import type { ChangeKind, ChangeState } from '@cluster/shared/governance/site-lifecycle/steps'
import { isListed, type Standing } from '@cluster/shared/governance/site-lifecycle/standing'
import { personOf } from '../../../access/granted-sites.ts'
import { query, sql } from '../../../database/query.ts'

/** What a procedure is about beside its sites; `columns` is there once the columns are mapped. */
export type ChangeDetails = {
  opening?: OpeningFacts
  closing?: { office: string; until: string }
  /** Key of a column of the site that ends → key at the other. */
  columns?: Record<string, string>
  /** Keys of columns that were made at the other site. */
  made?: string[]
}
export type SiteChange = {
  id: number
  kind: ChangeKind
  site: string
  target: string | null
  facts: ChangeDetails
  state: ChangeState
  done: number
  version: number
  moved: number
  total: number
  createdAt: string
  createdBy: string
}
/** A site of the cluster as these procedures see it. */
export type ChangeSite = {
  id: number; slug: string; name: string; office: string; path: string; level: SiteLevel; region: Region | null; divisionCode: string
  parent: string | null; release: string; standing: Standing | null; isFrozen: boolean; isListed: boolean
}

const COLUMNS = sql`id, kind, site, target, facts, state, done, version, moved, total, created_at as "createdAt", created_by_name as "createdBy"`
const changeOf = (row: SiteChange): SiteChange => ({ ...row, createdAt: new Date(row.createdAt).toISOString() })

export async function readChange(req: PayloadRequest, id: number): Promise<SiteChange | null> {
  const [row] = await query<SiteChange>(req, sql`select ${COLUMNS} from cluster.site_changes where id = ${id}`)
  return row ? changeOf(row) : null
}

/** The procedure, its row locked until the transaction's end; null where there is none. */
export async function lockChange(req: PayloadRequest, id: number): Promise<SiteChange | null> {
  const [row] = await query<SiteChange>(req, sql`select ${COLUMNS} from cluster.site_changes where id = ${id} for update`)
  return row ? changeOf(row) : null
}

/** All procedures, the newest first. */
export async function listChanges(req: PayloadRequest): Promise<SiteChange[]> {
  return (await query<SiteChange>(req, sql`select ${COLUMNS} from cluster.site_changes order by id desc`)).map(changeOf)
}

/** Procedures under way that concern the site, as the one that ends or the one that takes over. */
export function changesOf(req: PayloadRequest, site: string): Promise<SiteChange[]> {
  return query<SiteChange>(req, sql`
    select ${COLUMNS} from cluster.site_changes where (site = ${site} or target = ${site}) and state not in ('done', 'cancelled') order by id`)
}

export async function insertChange(
  req: PayloadRequest, { kind, site, target, facts, now }: Pick<SiteChange, 'kind' | 'site' | 'target' | 'facts'> & { now: Date },
): Promise<number> {
  const person = personOf(req)
  const [row] = await query<{ id: number }>(req, sql`
    insert into cluster.site_changes (kind, site, target, facts, state, created_at, created_by, created_by_name)
    values (${kind}, ${site}, ${target}, ${JSON.stringify(facts)}::jsonb, 'active', ${now.toISOString()}, ${person?.id ?? null}, ${person?.name ?? '系统'}) returning id`)
  return row!.id
}

/** Writes what changes of a procedure; its version goes up by one. The row must be locked. */
export async function writeChange(
  req: PayloadRequest, { id, state, done, facts, moved, total }: Pick<SiteChange, 'id' | 'state' | 'done' | 'facts' | 'moved' | 'total'>,
): Promise<void> {
  await query(req, sql`
    update cluster.site_changes set state = ${state}, done = ${done}, facts = ${JSON.stringify(facts)}::jsonb, moved = ${moved}, total = ${total},
      version = version + 1 where id = ${id}`)
}

/** Says how far the worker is; no step, so that nobody's view is out of date because of it. */
export async function writeProgress(req: PayloadRequest, { id, moved }: Pick<SiteChange, 'id' | 'moved'>): Promise<void> {
  await query(req, sql`update cluster.site_changes set moved = ${moved} where id = ${id}`)
}

export type ChangeStep = { id: string; action: string; step: string | null; detail: Record<string, unknown>; name: string; unit: string; at: string }

/** Adds to the history; without a person it was the system's own doing. */
export async function writeStep(
  req: PayloadRequest, change: number, { action, step, detail = {}, now }: { action: string; step: string | null; detail?: Record<string, unknown>; now: Date },
): Promise<void> {
  const person = personOf(req)
  await query(req, sql`
    insert into cluster.site_change_steps (change_id, action, step, detail, person_id, person_name, unit, at)
    values (${change}, ${action}, ${step}, ${JSON.stringify(detail)}::jsonb, ${person?.id ?? null}, ${person?.name ?? '系统'}, ${person?.unit ?? ''}, ${now.toISOString()})`)
}

/** The history, the newest first. */
export async function readSteps(req: PayloadRequest, change: number): Promise<ChangeStep[]> {
  const rows = await query<ChangeStep>(req, sql`
    select id::text, action, step, detail, person_name as name, unit, at from cluster.site_change_steps where change_id = ${change} order by site_change_steps.id desc`)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** All sites in the order of the tree, those that are being opened, merged or closed among them. */
export async function readSites(req: PayloadRequest): Promise<ChangeSite[]> {
  const rows = await query<Omit<ChangeSite, 'isListed'>>(req, sql`
    select sites.id, sites.slug, sites.name, sites.office, sites.path, sites.level::text as level, sites.region::text as region, sites.division_code as "divisionCode",
      parent.slug as parent, sites.release, standing, coalesce(is_frozen, false) as "isFrozen"
    from sites left join sites parent on parent.id = sites.parent_id left join cluster.site_standings on site_id = sites.id order by sites.path`)
  return rows.map((row) => ({ ...row, isListed: isListed(row.standing ?? undefined) }))
}
