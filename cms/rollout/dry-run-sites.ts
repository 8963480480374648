import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { type Measuring, measureSite } from './measure-site.ts'

/** Sites looked at side by side: enough to keep portal and checks busy, few enough that readers are not held up. */
const SIDE_BY_SIDE = 3

export type RunUnderWay = { id: number; release: string; sites: string[] }

/** The dry run with the sites that are still to be looked at; null when it is over or was cancelled. */
export async function runUnderWay({ asker }: Pick<Measuring, 'asker'>, id: number): Promise<RunUnderWay | null> {
  const { rows: [row] } = await asker.query<{ release: string; sites: string[] }>(`
    select release, array(select site from unnest(sites) with ordinality as listed (site, place)
      where not exists (select from cluster.dry_run_sites found where found.dry_run_id = dry_runs.id and found.site = listed.site) order by place) as sites
    from cluster.dry_runs where id = $1 and state = 'running'`, [id])
  return row ? { id, ...row } : null
}

/**
 * Looks at each site as it would be under the release. Each finding is kept at once: a worker that dies leaves the rest to the next
 * one, and a cancelled run stops before its next site. @throws PortalSilent
 */
export async function dryRunSites(measuring: Measuring, { run, manifest }: { run: RunUnderWay; manifest: Manifest }): Promise<void> {
  const waiting = [...run.sites]
  let isCancelled = false
  const work = async (): Promise<void> => {
    for (let site = waiting.shift(); site !== undefined; site = waiting.shift()) {
      if (isCancelled || !(await isRunning(measuring, run.id))) {
        isCancelled = true
        return
      }
      const found = await measureSite(measuring, { site, manifest, isTrial: true })
      if (found) await keep(measuring, run.id, site, found)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, async () => {
    try {
      await work()
    } catch (error) {
      // The others would only meet the same silence.
      waiting.length = 0
      throw error
    }
  }))
  const failed = ended.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  if (!isCancelled) await finishRun(measuring, run.id)
}

/** Every site has been looked at. */
export async function finishRun({ asker }: Pick<Measuring, 'asker'>, id: number): Promise<void> {
  await asker.query("update cluster.dry_runs set state = 'done', finished_at = clock_timestamp() where id = $1 and state = 'running'", [id])
}

async function isRunning({ asker }: Measuring, id: number): Promise<boolean> {
  const { rows } = await asker.query("select from cluster.dry_runs where id = $1 and state = 'running'", [id])
  return rows.length > 0
}

async function keep({ asker }: Measuring, id: number, site: string, { verdicts, evidence }: Awaited<ReturnType<typeof measureSite>> & object): Promise<void> {
  await asker.query(`
    insert into cluster.dry_run_sites (dry_run_id, site, is_green, verdicts, evidence) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [id, site, verdicts.every(({ isGreen }) => isGreen), JSON.stringify(verdicts), JSON.stringify(evidence)])
}
