import type { Pool } from 'pg'
import { z } from 'zod'
import { manifestNamed } from '../../domains/governance/rollouts/manifest-named.ts'
import { dryRunSites, finishRun, runUnderWay } from '../../rollout/dry-run-sites.ts'
import { withMeasuring } from '../../rollout/with-measuring.ts'

const told = z.object({ run: z.number().int().positive() })

/** Goes on with a dry run where it stands. */
export async function dryRun(pool: Pool, job: unknown): Promise<void> {
  const { run: id } = told.parse(job)
  const run = await runUnderWay({ asker: pool }, id)
  if (!run) return
  const manifest = manifestNamed(run.release)
  if (!manifest) throw new Error(`this build has no release ${run.release}`)
  const [site] = run.sites
  // The worker before this one may have died between its last site and its last word.
  if (site === undefined) await finishRun({ asker: pool }, id)
  else await withMeasuring(pool, site, (measuring) => dryRunSites(measuring, { run, manifest }))
  // A job of its own: the steward need not wait for pictures, and where there is no browser it ends at once.
  await pool.query("select graphile_worker.add_job('picture-pilots', $1, job_key => $2)", [{ run: id }, `picture-pilots:${id}`])
}
