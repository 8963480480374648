import type { Pool } from 'pg'
import { createLocalReq } from 'payload'
import { z } from 'zod'
import { manifestNamed } from '../../domains/governance/rollouts/manifest-named.ts'
import { measureRing, ringToMeasure } from '../../rollout/measure-ring.ts'
import { withMeasuring } from '../../rollout/with-measuring.ts'
import { openPayload } from '../open-payload.ts'

const told = z.object({ rollout: z.number().int().positive(), attempt: z.number().int().positive() })

/** Measures what of a ring is not measured yet. The first red gate sends the ring back: the CMS is loaded before, so that nothing waits for it then. */
export async function measureSwitchedRing(pool: Pool, job: unknown): Promise<void> {
  const { rollout, attempt } = told.parse(job)
  const ring = await ringToMeasure({ asker: pool }, { rollout, attempt })
  if (!ring || ring.sites.length === 0) return
  const manifest = manifestNamed(ring.release)
  if (!manifest) throw new Error(`this build has no release ${ring.release}`)
  const [payload, { noteVerdict }] = await Promise.all([openPayload(), import('../../domains/governance/rollouts/note-verdict.ts')])
  await withMeasuring(pool, ring.sites[0]!, (measuring) => measureRing(measuring, {
    ring, manifest,
    note: async (site, { verdicts, evidence }) => noteVerdict(await createLocalReq({}, payload), { rollout, attempt, site, verdicts, evidence }),
  }))
}
