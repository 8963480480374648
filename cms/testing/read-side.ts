import { deliveryApp } from '../delivery/read/app.ts'
import { openListener, openReadDatabase } from '../delivery/read/database.ts'
import { createFeedBell } from '../delivery/read/feed-bell.ts'
import { createEngineGate } from '../search/engine-gate.ts'
import type { TestDatabase } from './database.ts'

export type ReadSide = {
  get: (path: string) => Promise<{ status: number; json: Record<string, unknown> }>
  close: () => Promise<void>
}

/** The public read side in this process, on a database that something else writes. */
export function openReadSide(database: Pick<TestDatabase, 'deliveryUrl'>): ReadSide {
  const onFault = (what: string, error: unknown) => { throw new Error(what, { cause: error }) }
  const read = openReadDatabase({ url: database.deliveryUrl, onFault })
  const gate = createEngineGate({ engine: null, onFault })
  const bell = createFeedBell({ openClient: () => openListener(database.deliveryUrl), onFault })
  const app = deliveryApp({ database: read, bell, gate, mediaDir: '', onFault, closing: new AbortController().signal })
  return {
    get: async (path) => {
      const answer = await app.request(path)
      return { status: answer.status, json: await answer.json() as Record<string, unknown> }
    },
    close: async () => {
      gate.stop()
      await read.close()
    },
  }
}
