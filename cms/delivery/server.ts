// A process of its own: `node cms/delivery/server.ts` is the public read side. Any number of them may run.
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { type Bounds, serverOptions } from '@cluster/shared/http/bounds'
import { env } from '../env.ts'
import { endOnUncaught, faultLog } from '../fault-log.ts'
import { listenForOperator } from '../metrics/operator-listener.ts'
import { openMetrics } from '../metrics/process-metrics.ts'
import { watchRequests } from '../metrics/watch-requests.ts'
import { boundServer } from '../web/bound-server.ts'
import { createEngineGate } from '../search/engine-gate.ts'
import { openEngineReader } from '../search/engine-reader.ts'
import { deliveryApp } from './read/app.ts'
import { openListener, openReadDatabase } from './read/database.ts'
import { createFeedBell } from './read/feed-bell.ts'

/** A reader who searches waits no longer than this before PostgreSQL is asked instead. */
const ENGINE_TIMEOUT_MS = 800
/** Questions come in one packet; the feed says something every few seconds. */
const BOUNDS: Bounds = { headersMs: 10_000, requestMs: 15_000, stalledMs: 60_000, keepAliveMs: 65_000, headerBytes: 16 * 1024, connections: 2_000 }
/** What was asked before the end is answered; nothing takes longer. */
const PATIENCE_MS = 4_000

/** `/v1/sites/nanjing/home` → `sites`: what comes after the version says what is asked for; the feed's stream is told from its slices. */
function kindOf(path: string): string {
  const [, version, kind, more] = path.split('/')
  if (version !== 'v1') return version === 'healthz' ? 'health' : 'other'
  if (kind === 'feed') return more ? 'feed-slice' : 'feed'
  return KINDS.includes(kind ?? '') ? kind! : 'other'
}
const KINDS = ['directory', 'sites', 'search', 'letters', 'files']

function main(): void {
  const {
    DELIVERY_DATABASE_URL, DELIVERY_OPERATOR_PORT, DELIVERY_PORT, DELIVERY_RATE, HOST, MEDIA_DIR, MEILISEARCH_SEARCH_KEY, MEILISEARCH_URL, SLOW_QUERY_MS,
    TRUSTED_PROXIES,
  } = env()
  const { log, onFault } = faultLog('delivery')
  endOnUncaught(onFault)
  const metrics = openMetrics('delivery')
  const operator = listenForOperator({ port: DELIVERY_OPERATOR_PORT, registry: metrics.registry, onFault })
  watchRequests({ metrics, log, kindOf, passOver: () => operator })
  const closing = new AbortController()
  const database = openReadDatabase({ url: DELIVERY_DATABASE_URL, onFault, slowQueries: { note: (line) => log.warn(line), afterMs: SLOW_QUERY_MS } })
  const bell = createFeedBell({ openClient: () => openListener(DELIVERY_DATABASE_URL), onFault })
  const engine = MEILISEARCH_URL ? openEngineReader({ url: MEILISEARCH_URL, key: MEILISEARCH_SEARCH_KEY ?? '', timeoutMs: ENGINE_TIMEOUT_MS }) : null
  const gate = createEngineGate({ engine, onFault })
  const app = deliveryApp({ database, bell, gate, mediaDir: MEDIA_DIR, onFault, closing: closing.signal, limits: { rate: DELIVERY_RATE, trusted: TRUSTED_PROXIES } })
  bell.start()
  const server = serve({ fetch: app.fetch, port: DELIVERY_PORT, hostname: HOST, serverOptions: serverOptions(BOUNDS) }) as Server
  boundServer(server, BOUNDS)
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
