import { sql } from '@payloadcms/db-postgres'
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { commitTransaction, initTransaction, killTransaction, type Payload, type PayloadRequest } from 'payload'
import { env } from '../env.ts'
import { liveConnections } from './live-connections.ts'
import { faultLog } from '../fault-log.ts'
import { openWatchedPool } from './watched-pool.ts'

type SQL = ReturnType<typeof sql>
type Rows = { rows: Record<string, unknown>[] }
type Executor = { execute: (statement: SQL) => Promise<unknown> }

/**
 * Runs one statement in the request's own transaction, so that it commits or rolls back with everything else the request does.
 * @returns the rows, typed by the caller who wrote the statement
 */
export async function query<Row>(req: PayloadRequest, statement: SQL): Promise<Row[]> {
  const transactionId = await req.transactionID
  const session = transactionId === undefined || transactionId === null ? undefined : req.payload.db.sessions?.[transactionId]
  const executor = (session?.db ?? req.payload.db.drizzle) as unknown as Executor
  return ((await executor.execute(statement)) as Rows).rows as Row[]
}

/** Runs one statement outside of any transaction: what has to be known before a request's work begins. */
export async function queryBefore<Row>(payload: Payload, statement: SQL): Promise<Row[]> {
  return ((await (payload.db.drizzle as unknown as Executor).execute(statement)) as Rows).rows as Row[]
}

/** Connections for statements apart; each is held for one statement only. */
const APART_POOL_SIZE = 2
/** Idle connections go soon: most processes need one a few times a day. */
const APART_IDLE_MS = 5_000

const apart = new WeakMap<Payload, Executor>()

/**
 * Runs one statement on a connection of its own: what must be kept although the request's transaction is refused, and what a transaction
 * asks of the cluster at large. Never from the requests' pool: with all of its connections held by transactions that wait for one another,
 * the one that could go on would wait for a connection for ever.
 */
export async function queryApart<Row>(payload: Payload, statement: SQL): Promise<Row[]> {
  return ((await executorApart(payload).execute(statement)) as Rows).rows as Row[]
}

function executorApart(payload: Payload): Executor {
  const known = apart.get(payload)
  if (known) return known
  const pool = openWatchedPool(
    { connectionString: env().DATABASE_URL, max: APART_POOL_SIZE, idleTimeoutMillis: APART_IDLE_MS, allowExitOnIdle: true, application_name: 'cluster-cms-apart',
      ...liveConnections() },
    { name: 'cms-apart', log: faultLog('cms').log, slowQueryMs: env().SLOW_QUERY_MS })
  const executor = drizzle({ client: pool }) as unknown as Executor
  apart.set(payload, executor)
  return executor
}

/** One transaction around the work; joins the request's transaction when there is one. */
export async function inTransaction<T>(req: PayloadRequest, work: () => Promise<T>): Promise<T> {
  const isOwner = await initTransaction(req)
  try {
    const result = await work()
    if (isOwner) await commitTransaction(req)
    return result
  } catch (error) {
    if (isOwner) await killTransaction(req)
    throw error
  }
}

export { sql }
