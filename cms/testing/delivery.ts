import type { Hono } from 'hono'
import { deliveryApp } from '../delivery/read/app.ts'
import { openListener, openReadDatabase, type ReadDatabase } from '../delivery/read/database.ts'
import { createFeedBell } from '../delivery/read/feed-bell.ts'
import { createEngineGate } from '../search/engine-gate.ts'
import type { EngineReader } from '../search/engine-reader.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { openPublicCopies, type PublicCopies } from './public-copies.ts'

export type TestDelivery = {
  app: Hono
  database: TestDatabase
  copies: PublicCopies
  /** The read side's own connections, as its own role. */
  read: ReadDatabase
  /** What went wrong, as the log would have it. */
  faults: string[]
  /** An answer with its parsed JSON. */
  get: (path: string) => Promise<{ status: number; json: Record<string, unknown> }>
  close: () => Promise<void>
}

/** The public read side on a database of its own, in this process. Once in a test file, in `beforeAll`. */
export async function openTestDelivery({ engine = null }: { engine?: EngineReader | null } = {}): Promise<TestDelivery> {
  const database = await createTestDatabase()
  const copies = await openPublicCopies(database.ownerUrl)
  const faults: string[] = []
  const onFault = (what: string) => void faults.push(what)
  const closing = new AbortController()
  const read = openReadDatabase({ url: database.deliveryUrl, onFault })
  const bell = createFeedBell({ openClient: () => openListener(database.deliveryUrl), onFault })
  const gate = createEngineGate({ engine, onFault, pauseMs: 100 })
  const app = deliveryApp({ database: read, bell, gate, mediaDir: database.env.MEDIA_DIR ?? '', onFault, closing: closing.signal })
  bell.start()
  return {
    app, database, copies, read, faults,
    get: async (path) => {
      const answer = await app.request(path)
      return { status: answer.status, json: await answer.json() as Record<string, unknown> }
    },
    close: async () => {
      closing.abort()
      gate.stop()
      await Promise.all([bell.stop(), read.close(), copies.close()])
      await database.drop()
    },
  }
}
