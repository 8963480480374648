import type { PoolConfig } from 'pg'
import { env } from '../env.ts'

/** Longer than this nobody waits for a connection: the database is away, and whoever asks is told so. */
const CONNECT_TIMEOUT_MS = 5_000
/** A little before the client gives up, so that the statement ends with it. */
const SERVER_SOONER_MS = 500

/** The one thing that is asked of a connection here; each of the two drivers' type packages declares a client of its own. */
type Connection = { query: (...parameters: never[]) => unknown; on: (event: 'error', heard: () => void) => unknown }

/**
 * What keeps a pool from waiting for ever on a database that has fallen silent: a time for connecting and, where DATABASE_PATIENCE_MS gives
 * one, for each statement. A connection on which no answer came in that time is closed; put back, it would keep the next one waiting too.
 */
export function liveConnections(patienceMs = env().DATABASE_PATIENCE_MS): Pick<PoolConfig,
  'connectionTimeoutMillis' | 'keepAlive' | 'query_timeout' | 'statement_timeout'> & { onConnect: (client: object) => void } {
  return {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(patienceMs > 0 ? { query_timeout: patienceMs, statement_timeout: patienceMs - SERVER_SOONER_MS } : {}),
    onConnect: closeWhenSilent,
  }
}

function closeWhenSilent(client: object): void {
  const connection = client as Connection & { end: () => Promise<void> }
  // While it is lent out its errors come with the answers; unheard ones would end the process.
  connection.on('error', () => {})
  const query = connection.query.bind(connection) as (...parameters: unknown[]) => unknown
  connection.query = (...parameters: unknown[]) => {
    const answer = query(...parameters)
    if (answer instanceof Promise) answer.catch((error: unknown) => { if (isSilence(error)) void connection.end().catch(() => {}) })
    return answer
  }
}

/** The driver's own word for an answer that did not come within `query_timeout`. */
function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}
