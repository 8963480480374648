import { z } from 'zod'
import { REVIEWED_COLLECTIONS } from '../../domains/slugs.ts'
import { openPayload } from '../open-payload.ts'

const told = z.object({ collection: z.enum(REVIEWED_COLLECTIONS), id: z.number().int().positive(), version: z.number().int() })

/** Publishes what was signed for this time. What has changed since stays where it is: the rule decides, not the job. */
export async function releaseWhenDue(job: unknown, now: Date): Promise<void> {
  const { collection, id, version } = told.parse(job)
  const { releaseScheduled } = await import('../../review/release-scheduled.ts')
  await releaseScheduled(await openPayload(), { collection, id, version, now })
}
