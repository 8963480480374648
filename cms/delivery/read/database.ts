import { Client, type QueryResultRow } from 'pg'
import { openWatchedPool, type PoolWatch } from '../../database/watched-pool.ts'
import type { Fault } from '../../fault-log.ts'

/** Pages render in small numbers at a time; the rest of PostgreSQL's connections belongs to those who write. */
const CONNECTIONS = 8
/** A reader's question takes milliseconds. One that takes seconds must not hold up the others, nor outlive its asker. */
const STATEMENT_TIMEOUT_MS = 4_000
const CONNECT_TIMEOUT_MS = 2_000
/** Where the server cannot even say that time is up: it stands still, or the line swallows everything. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 500
/**
 * Set on each connection, whatever the role: where an operator gives one role for everything, the public read side still
 * cannot write. Compiling these short questions would take longer than answering them. And every question has its index: a scan looks
 * cheaper to the planner for common words, because it does not count what unpacking the long texts of all rows costs.
 */
const OPTIONS = `-c default_transaction_read_only=on -c jit=off -c enable_seqscan=off -c statement_timeout=${STATEMENT_TIMEOUT_MS}`

export type ReadDatabase = {
  rows: <Row extends QueryResultRow>(statement: string, values?: readonly unknown[]) => Promise<Row[]>
  close: () => Promise<void>
}

/** Connections that can only read. Throws `DatabaseUnreachable` when a question cannot be asked. */
export function openReadDatabase(
  { url, onFault, slowQueries = { note: () => undefined, afterMs: Number.POSITIVE_INFINITY } }:
  { url: string; onFault: Fault; slowQueries?: { note: PoolWatch['log']['warn']; afterMs: number } },
): ReadDatabase {
  const pool = openWatchedPool({
    connectionString: url, max: CONNECTIONS, options: OPTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true, application_name: 'cluster-delivery',
  }, {
    name: 'delivery', slowQueryMs: slowQueries.afterMs,
    log: { warn: slowQueries.note, error: ({ reason }) => onFault('database-connection', new Error(String(reason))) },
  })
  return {
    rows: async <Row extends QueryResultRow>(statement: string, values: readonly unknown[] = []) => {
      try {
        return (await pool.query<Row>(statement, [...values])).rows
      } catch (error) {
        throw isOutOfReach(error) ? new DatabaseUnreachable('the database did not answer', { cause: error }) : error
      }
    },
    close: () => pool.end(),
  }
}

/** A connection of its own for what cannot come from a pool: listening. */
export function openListener(url: string): Client {
  return new Client({ connectionString: url, options: OPTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: ANSWER_TIMEOUT_MS, keepAlive: true, application_name: 'cluster-delivery-feed' })
}

/** The database does not answer; the same question will do later. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable'
}

/** Classes 08 (connection) and 57P (shutting down, starting up), and 53300 (too many connections), of PostgreSQL's SQLSTATE list. */
function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return /^(08...|57P0.|53300|ECONN.*|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/.test(code)
    || /Connection terminated|Query read timeout|timeout exceeded when trying to connect/.test(error.message)
}
