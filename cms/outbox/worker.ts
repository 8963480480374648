// A process of its own: `node cms/outbox/worker.ts` does what the CMS has put into the outbox. Any number of them may run.
import { EventEmitter } from 'node:events'
import { Logger, run } from 'graphile-worker'
import type { Pool } from 'pg'
import { endOnUncaught, faultLog } from '../fault-log.ts'
import { env } from '../env.ts'
import { createSealer } from '../audit/seal.ts'
import { openWatchedPool } from '../database/watched-pool.ts'
import { clusterGauges } from '../metrics/cluster-gauges.ts'
import { openMetrics } from '../metrics/process-metrics.ts'
import { showProcess } from '../metrics/show-process.ts'
import { countInIndex, openEngine } from '../search/engine.ts'
import { closePayload } from './open-payload.ts'
import { openOperator } from './operator.ts'
import { freeJobsOfTheDead, showPresence } from './presence.ts'
import { taskList } from './task-list.ts'
import { noteJobs, traceTasks } from './trace-tasks.ts'
import { watchEngine } from './watch-engine.ts'

/** Index jobs mostly wait for the engine, which takes what waits together. */
const CONCURRENCY = 4
/** Jobs announce themselves; this is for retries, scheduled releases, and announcements that were lost. */
const POLL_MS = 1_000
const ENGINE_TIMEOUT_MS = 10_000
const SWEEP_MS = 2_000
const CONNECT_TIMEOUT_MS = 2_000
/** The longest statement of the outbox and of the indexes takes seconds; one without an answer for this long never gets one. */
const ANSWER_TIMEOUT_MS = 30_000
/** In UTC: at 3:17 in Jiangsu, when nobody works. */
const CRONTAB = '17 19 * * * verify-audit'

/**
 * The time by which jobs fall due. Not this machine's: a worker whose clock is slow would take what it was called for to be still to come,
 * and leave it for ever.
 */
async function databaseClock(pool: Pool): Promise<Date> {
  const { rows: [row] } = await pool.query<{ now: Date }>('select clock_timestamp() as now')
  return row!.now
}

async function main(): Promise<void> {
  const { DATABASE_URL, HOST, MEILISEARCH_URL, MEILISEARCH_API_KEY, SLOW_QUERY_MS, WORKER_PORT } = env()
  const { log, onFault } = faultLog('worker')
  endOnUncaught(onFault)
  const pool = openWatchedPool({
    connectionString: DATABASE_URL, max: CONCURRENCY + 4, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true, application_name: 'cluster-worker',
  }, { name: 'worker', log, slowQueryMs: SLOW_QUERY_MS })
  const engine = MEILISEARCH_URL ? openEngine({ url: MEILISEARCH_URL, key: MEILISEARCH_API_KEY ?? '', timeoutMs: ENGINE_TIMEOUT_MS }) : null
  const stores = { pool, engine }

  const events = new EventEmitter()
  const poolId = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }: { workerPool: { id: string } }) => resolve(workerPool.id))
  })
  noteJobs(events, log)
  const runner = await run({
    pgPool: pool, concurrency: CONCURRENCY, pollInterval: POLL_MS, noHandleSignals: true, events,
    taskList: traceTasks(taskList({ stores, now: () => databaseClock(pool) })), crontab: CRONTAB,
    logger: new Logger(({ jobId, taskIdentifier }) => (level, message) => {
      if (level === 'error' || level === 'warning') log[level === 'error' ? 'error' : 'warn']({ what: 'outbox', jobId, task: taskIdentifier }, message)
    }),
  })
  const presence = await showPresence({ url: DATABASE_URL, poolId: await poolId, onFault })
  const sweep = async () => {
    const dead = await freeJobsOfTheDead(pool)
    if (dead.length > 0) log.warn({ what: 'dead-workers', dead })
  }
  const sweeping = setInterval(() => void sweep().catch((error: unknown) => onFault('dead-workers', error)), SWEEP_MS)
  const watch = watchEngine({ stores, onFault })
  watch.start()
  const sealer = createSealer({ pool, onFault })
  sealer.start()
  const { registry } = openMetrics('worker')
  const refresh = clusterGauges({
    registry, asker: pool, documentsInEngine: async () => (engine && watch.isUp() ? countInIndex(engine).catch(() => null) : null) })
  const shown = showProcess({ kind: 'worker', asker: () => pool, facts: () => ({ port: WORKER_PORT, searchEngine: engine ? watch.isUp() : null }), onFault })
  const operator = openOperator({ stores, watch, registry, refresh }).listen(WORKER_PORT, HOST)

  let isStopping = false
  const stop = async (): Promise<void> => {
    if (isStopping) return
    isStopping = true
    clearInterval(sweeping)
    operator.close()
    operator.closeAllConnections()
    await Promise.all([runner.stop(), watch.stop(), sealer.stop(), shown.stop()])
    await presence.stop()
    await closePayload()
    await pool.end()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop().catch(() => process.exit(1)))
  await runner.promise.catch((error: unknown) => onFault('outbox', error))
  // Without its runner the process would look well and do nothing: whoever supervises it starts it again.
  if (!isStopping) process.exit(1)
}

await main().catch((error: unknown) => {
  faultLog('worker').onFault('start', error)
  process.exit(1)
})
