import type { PayloadRequest } from 'payload'
import type { SiteEvidence, Verdict } from '@cluster/shared/governance/templates/gates'
import { personOf } from '../../../access/granted-sites.ts'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import { clockOf } from '../../../review/clock.ts'
import { refuse } from '../../people/answer.ts'
import { manifestNamed } from './manifest-named.ts'
import { requireSteward } from './steward.ts'
import { lockRollout, readSites } from './store.ts'

export type DryRun = {
  id: number
  release: string
  state: 'running' | 'done' | 'cancelled'
  total: number
  done: number
  /** Slugs of sites with a red gate. */
  red: string[]
  startedAt: string
  finishedAt: string | null
  by: string
  /** What is left, in whole seconds, at the pace so far; null before the first site is done and after the last. */
  secondsLeft: number | null
}
type Row = Omit<DryRun, 'secondsLeft'> & { lastAt: string | null }

/** The newest dry run of a rollout with its progress; null before the first. */
export async function lastDryRun(req: PayloadRequest, rollout: number): Promise<DryRun | null> {
  const [row] = await query<Row>(req, sql`
    select runs.id, runs.release, runs.state, cardinality(runs.sites) as total, count(found.site)::int as done,
      coalesce(array_agg(found.site order by found.site) filter (where not found.is_green), '{}') as red,
      runs.started_at as "startedAt", runs.finished_at as "finishedAt", runs.person_name as by, max(found.at) as "lastAt"
    from cluster.dry_runs runs left join cluster.dry_run_sites found on found.dry_run_id = runs.id
    where runs.id = (select max(id) from cluster.dry_runs where rollout_id = ${rollout}) group by runs.id`)
  if (!row) return null
  const { lastAt, ...run } = row
  const startedAt = new Date(run.startedAt)
  return {
    ...run, startedAt: startedAt.toISOString(), finishedAt: run.finishedAt === null ? null : new Date(run.finishedAt).toISOString(),
    secondsLeft: run.state === 'running' && lastAt !== null && run.done > 0
      ? Math.ceil(((new Date(lastAt).getTime() - startedAt.getTime()) / 1000 / run.done) * (run.total - run.done)) : null,
  }
}

/** Has every site looked at under the rollout's release, page by page, while it goes on running its own. @throws Refused */
export async function startDryRun(req: PayloadRequest, id: number): Promise<void> {
  await requireSteward(req)
  await inTransaction(req, async () => {
    const rollout = await lockRollout(req, id) ?? refuse(404, 'not-found', '没有找到这次推行。')
    if (rollout.state !== 'draft') refuse(409, 'wrong-state', '推行已经开始，不再需要预演。')
    if (!manifestNamed(rollout.release)) refuse(422, 'release-unknown', `程序里没有模板 ${rollout.release}。请先更新程序，再预演。`)
    if ((await lastDryRun(req, id))?.state === 'running') refuse(409, 'already-running', '预演正在进行，不用再开始一次。')
    const sites = (await readSites(req)).map(({ slug }) => slug)
    const person = personOf(req)
    const [run] = await query<{ id: number }>(req, sql`
      insert into cluster.dry_runs (rollout_id, release, state, sites, started_at, person_id, person_name)
      values (${id}, ${rollout.release}, 'running', ${sql.param(sites)}::text[], clock_timestamp(), ${person?.id ?? null}, ${person?.name ?? '系统'}) returning id`)
    await enqueue(req, 'dry-run', { run: run!.id }, { key: `dry-run:${run!.id}` })
    await audit(req, { deed: 'dry-run', detail: { rollout: id, release: rollout.release, sites: sites.length } })
  })
}

/** Stops the dry run; what was found so far stays. @throws Refused */
export async function cancelDryRun(req: PayloadRequest, id: number): Promise<void> {
  await requireSteward(req)
  await inTransaction(req, async () => {
    const stopped = await query(req, sql`
      update cluster.dry_runs set state = 'cancelled', finished_at = ${clockOf(req).toISOString()} where rollout_id = ${id} and state = 'running' returning id`)
    if (stopped.length === 0) refuse(409, 'not-running', '没有正在进行的预演，可能刚刚做完。请刷新页面。')
    await audit(req, { deed: 'dry-run', detail: { rollout: id, isCancelled: true } })
  })
}

export type SiteFindings = { site: string; isGreen: boolean; verdicts: Verdict[]; evidence: SiteEvidence & { absent: string[] }; at: string }

/** What was found on each site by the newest dry run, or on one of them. */
export async function readDryRunSites(req: PayloadRequest, rollout: number, site: string | null = null): Promise<SiteFindings[]> {
  return (await query<SiteFindings>(req, sql`
    select site, is_green as "isGreen", verdicts, evidence, at from cluster.dry_run_sites
    where dry_run_id = (select max(id) from cluster.dry_runs where rollout_id = ${rollout}) and (${site}::text is null or site = ${site}) order by is_green, site`))
    .map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** What was found on each site after the present switch, or on one of them. */
export async function readVerdictSites(req: PayloadRequest, { id, attempt }: { id: number; attempt: number }, site: string | null = null): Promise<SiteFindings[]> {
  return (await query<SiteFindings>(req, sql`
    select site, is_green as "isGreen", verdicts, evidence, at from cluster.rollout_verdicts
    where rollout_id = ${id} and attempt = ${attempt} and (${site}::text is null or site = ${site}) order by is_green, site`))
    .map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}
