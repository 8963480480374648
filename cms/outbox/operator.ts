import { createServer, type Server } from 'node:http'
import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import { countInIndex } from '../search/engine.ts'
import type { SearchStores } from '../search/index-documents.ts'
import { reportQueue } from './report.ts'
import type { EngineWatch } from './watch-engine.ts'

export type Operated = { stores: SearchStores; watch: EngineWatch; registry: Registry; refresh: () => Promise<void> }

/** The operator's listener: `/healthz` with one word, `/details` with the whole story as JSON, `/metrics` with figures in Prometheus' text form. */
export function openOperator(operated: Operated): Server {
  return createServer((request, response) => {
    const answer = ({ status, type, body }: { status: number; type: string; body: string }) => {
      response.writeHead(status, { 'content-type': type.includes('charset') ? type : `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body)
    }
    const path = request.url?.split('?')[0]
    const asked = path === '/healthz' ? healthWord(operated) : path === '/details' ? details(operated) : path === '/metrics' ? figures(operated) : null
    if (!asked) return answer({ status: 404, type: 'text/plain', body: 'not-found' })
    asked.then(answer, (error: unknown) => answer({ status: 503, type: 'text/plain', body: error instanceof Error ? error.message : 'unknown' }))
  })
}

async function healthWord({ stores, watch }: Operated) {
  const isThere = await canAsk(stores.pool)
  // Without its engine search answers from the database, and says so: the worker is well enough.
  const word = !isThere ? 'database-unreachable' : watch.isUp() === false ? 'search-unreachable' : 'ok'
  return { status: isThere ? 200 : 503, type: 'text/plain', body: word }
}

async function details({ stores, watch }: Operated) {
  const engine = stores.engine
  const body = {
    queue: await reportQueue(stores.pool),
    search: {
      engine: engine ? (watch.isUp() ? 'up' : 'down') : 'none',
      documentsInEngine: engine && watch.isUp() ? await countInIndex(engine).catch(() => null) : null,
      documentsInDatabase: Number((await stores.pool.query<{ count: string }>('select count(*) from delivery.search')).rows[0]?.count ?? 0),
      publicDocuments: Number((await stores.pool.query<{ count: string }>('select count(*) from delivery.records')).rows[0]?.count ?? 0),
    },
    memoryBytes: process.memoryUsage().rss,
  }
  return { status: 200, type: 'application/json', body: JSON.stringify(body) }
}

/** What the database cannot tell just now is left at its last value: the process itself is still to be seen. */
async function figures({ registry, refresh }: Operated) {
  await refresh().catch(() => undefined)
  return { status: 200, type: registry.contentType, body: await registry.metrics() }
}

async function canAsk(pool: Pool): Promise<boolean> {
  return pool.query('select 1').then(() => true, () => false)
}
