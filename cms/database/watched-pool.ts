import pg from 'pg'
import { currentRequestId } from '../metrics/current-request.ts'
import { sharedState } from '../metrics/shared-state.ts'

/** Notes one line about a pool: a broken connection, a slow question. */
export type PoolLog = { warn: (line: Record<string, unknown>) => void; error: (line: Record<string, unknown>) => void }
export type PoolWatch = { name: string; log: PoolLog; slowQueryMs: number }

const LONGEST_TEXT = 500

/** The pools of this process by name, for whoever measures them. */
export const openPools = (): Map<string, pg.Pool> => sharedState('pools', () => new Map<string, pg.Pool>())

/**
 * A pool whose broken connections end nothing (the next question opens another), and which notes questions that take longer than
 * `slowQueryMs`: their text, never their parameters.
 */
export function openWatchedPool(options: pg.PoolConfig, { name, log, slowQueryMs }: PoolWatch): pg.Pool {
  const pool = new pg.Pool(options)
  const lost = (error: Error) => log.error({ what: 'database-connection', pool: name, reason: error.message, ...('code' in error ? { code: error.code } : {}) })
  pool.on('error', lost)
  pool.on('connect', (client) => {
    // A connection that breaks while it is lent out tells whoever has it by the question that fails; without a listener it would end the process.
    client.on('error', () => undefined)
    noteSlowQueries(client, { name, log, slowQueryMs })
  })
  openPools().set(name, pool)
  return pool
}

type Query = (...args: unknown[]) => unknown

function noteSlowQueries(client: pg.PoolClient, { name, log, slowQueryMs }: PoolWatch): void {
  const ask = client.query.bind(client) as unknown as Query
  const watched: Query = (...args) => {
    const startedAt = performance.now()
    const requestId = currentRequestId()
    const note = () => {
      const ms = Math.round(performance.now() - startedAt)
      if (ms >= slowQueryMs) log.warn({ what: 'slow-query', pool: name, ms, text: textOf(args[0]), ...(requestId ? { requestId } : {}) })
    }
    const last = args.at(-1)
    if (typeof last === 'function') {
      const callback = last as Query
      return ask(...args.slice(0, -1), (...answer: unknown[]) => {
        note()
        callback(...answer)
      })
    }
    const answer = ask(...args)
    // What streams its rows (COPY) takes as long as its reader.
    if (answer instanceof Promise) void answer.then(note, note)
    return answer
  }
  client.query = watched as unknown as typeof client.query
}

/** The statement on one line; words between quotes could be somebody's. */
function textOf(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : typeof asked === 'object' && asked !== null && 'text' in asked ? String(asked.text) : ''
  const line = text.replace(/'(?:[^']|'')*'/g, "'…'").replace(/\s+/g, ' ').trim()
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line
}
