import { z } from 'zod'
import { openPayload } from '../open-payload.ts'

const told = z.object({ change: z.number().int().positive() })

/** Carries the next portion of a site that is merged, to the other site or back; the portion's own transaction orders the one after it. */
export async function moveSite(job: unknown, now: Date): Promise<void> {
  const { change } = told.parse(job)
  const { carryPortion } = await import('../../domains/governance/site-lifecycle/carry.ts')
  await carryPortion(await openPayload(), change, { now })
}
