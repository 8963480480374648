import { z } from 'zod'
import { disclosureSchema } from '@cluster/shared/delivery/records'
import { openPayload } from '../open-payload.ts'

const told = z.object({ batch: z.number().int().positive(), disclosure: disclosureSchema })

/** Makes the next portion of a signed batch public; the portion's own transaction orders the one after it. */
export async function releaseBatch(job: unknown, now: Date): Promise<void> {
  const release = told.parse(job)
  const { releasePortion } = await import('../../domains/publishing/import-batches/release-portion.ts')
  await releasePortion(await openPayload(), release, { now })
}
