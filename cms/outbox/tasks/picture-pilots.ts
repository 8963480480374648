import { join } from 'node:path'
import type { Pool } from 'pg'
import { z } from 'zod'
import type { Ring } from '@cluster/shared/governance/templates/rings'
import { env } from '../../env.ts'
import { PICTURES_FOLDER } from '../../rollout/pictures-folder.ts'

const told = z.object({ run: z.number().int().positive() })

/** Pictures of the pilots of a dry run that is done, where there is a browser to take them. */
export async function picturePilotsOf(pool: Pool, job: unknown): Promise<void> {
  const { run: id } = told.parse(job)
  const { CHROMIUM_PATH, DATA_DIR, INTAKE_KEY, PORTAL_ORIGIN, PORTAL_URL } = env()
  if (!CHROMIUM_PATH) return
  const { rows: [run] } = await pool.query<{ release: string; rings: Ring[] }>(`
    select dry_runs.release, rings from cluster.dry_runs join cluster.rollouts on rollouts.id = rollout_id where dry_runs.id = $1 and dry_runs.state = 'done'`, [id])
  if (!run) return
  const { picturePilots } = await import('../../rollout/picture-pilots.ts')
  await picturePilots(pool, { chromium: CHROMIUM_PATH, portalUrl: PORTAL_URL, origin: PORTAL_ORIGIN, key: INTAKE_KEY, folder: join(DATA_DIR, PICTURES_FOLDER) },
    { run: id, release: run.release, pilots: run.rings[0]?.sites ?? [] })
}
