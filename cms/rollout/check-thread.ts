// A thread of its own: checking pages must not hold up the outbox.
import { parentPort } from 'node:worker_threads'
import { checkPage } from './check-page.ts'
import type { PageCheck } from './checks.ts'

export type Order = { id: number; check: PageCheck }

parentPort?.on('message', ({ id, check }: Order) => {
  checkPage(check).then(
    (findings) => parentPort?.postMessage({ id, findings }),
    (error: unknown) => parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) }))
})
