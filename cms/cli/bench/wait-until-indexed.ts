import { z } from 'zod'
import { askJson } from './ask.ts'

const detailsSchema = z.object({
  queue: z.object({ waiting: z.number(), running: z.number(), failed: z.array(z.object({ error: z.string() })) }),
  search: z.object({
    engine: z.enum(['up', 'down', 'none']),
    documentsInEngine: z.number().nullable(),
    documentsInDatabase: z.number(),
    publicDocuments: z.number(),
  }),
})

/** Thousands of long documents take the engine minutes; longer than this it does not work at all. */
const PATIENCE_MS = 30 * 60_000
const ASK_EVERY_MS = 500

/** Resolves once the outbox is empty and both search indexes hold every public document. Throws when they never do. */
export async function waitUntilIndexed(env: Record<string, string>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const { queue, search } = detailsSchema.parse(await askJson({ port: Number(env.WORKER_PORT), path: '/details' }))
    const isInDatabase = search.documentsInDatabase === search.publicDocuments
    const isInEngine = search.engine === 'none' || search.documentsInEngine === search.publicDocuments
    if (queue.waiting + queue.running === 0 && isInDatabase && isInEngine) return
    if (performance.now() > deadline) {
      const stand = { queue: { ...queue, failed: queue.failed.slice(0, 3) }, search }
      throw new Error(`the search indexes are not complete: ${JSON.stringify(stand)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
}
