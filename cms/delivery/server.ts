// A process of its own: `node cms/delivery/server.ts` is the public read side. Any number of them may run.
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { env } from '../env.ts'
import { faultLog } from '../fault-log.ts'
import { createEngineGate } from '../search/engine-gate.ts'
import { openEngineReader } from '../search/engine-reader.ts'
import { deliveryApp } from './read/app.ts'
import { openListener, openReadDatabase } from './read/database.ts'
import { createFeedBell } from './read/feed-bell.ts'

/** A reader who searches waits no longer than this before PostgreSQL is asked instead. */
const ENGINE_TIMEOUT_MS = 800
/** What was asked before the end is answered; nothing takes longer. */
const PATIENCE_MS = 4_000

function main(): void {
  const { DELIVERY_DATABASE_URL, DELIVERY_PORT, HOST, MEDIA_DIR, MEILISEARCH_SEARCH_KEY, MEILISEARCH_URL } = env()
  const { onFault } = faultLog('delivery')
  const closing = new AbortController()
  const database = openReadDatabase({ url: DELIVERY_DATABASE_URL, onFault })
  const bell = createFeedBell({ openClient: () => openListener(DELIVERY_DATABASE_URL), onFault })
  const engine = MEILISEARCH_URL ? openEngineReader({ url: MEILISEARCH_URL, key: MEILISEARCH_SEARCH_KEY ?? '', timeoutMs: ENGINE_TIMEOUT_MS }) : null
  const gate = createEngineGate({ engine, onFault })
  const app = deliveryApp({ database, bell, gate, mediaDir: MEDIA_DIR, onFault, closing: closing.signal })
  bell.start()
  const server = serve({ fetch: app.fetch, port: DELIVERY_PORT, hostname: HOST }) as Server
  server.on('error', (error) => {
    onFault('listen', error)
    process.exit(1)
  })

  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    closing.abort()
    gate.stop()
    const impatience = setTimeout(() => process.exit(0), PATIENCE_MS)
    server.close(() => {
      clearTimeout(impatience)
      void Promise.allSettled([bell.stop(), database.close()]).then(() => process.exit(0))
    })
    server.closeIdleConnections()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}

main()
