import { sql } from '@payloadcms/db-postgres'
import { commitTransaction, initTransaction, killTransaction, type Payload, type PayloadRequest } from 'payload'

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

/** Runs one statement on a connection of its own: what must be kept although the request's transaction is refused. */
export async function queryApart<Row>(payload: Payload, statement: SQL): Promise<Row[]> {
  const executor = payload.db.drizzle as unknown as Executor
  return ((await executor.execute(statement)) as Rows).rows as Row[]
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
