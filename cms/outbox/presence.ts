import { Client, type Pool } from 'pg'
import type { Fault } from '../fault-log.ts'

/** Names the advisory locks by which processes show that they live. */
const PRESENCE = 726_504
const RETRY_MS = 1_000
/** A line that swallows everything is noticed by asking: the lock at its far end may be gone. */
const PROBE_MS = 5_000
const ANSWER_TIMEOUT_MS = 10_000
/** A job is locked a moment before its process can show itself. */
const GRACE = '2 seconds'

export type Presence = Awaited<ReturnType<typeof showPresence>>

/**
 * Shows that the process which locks jobs under `poolId` is alive: it holds an advisory lock of that name, on a connection of its own.
 * PostgreSQL lets go of it the moment the process dies, however it dies.
 */
export async function showPresence({ url, poolId, onFault }: { url: string; poolId: string; onFault: Fault }) {
  let client: Client | null = null
  let isStopped = false
  let retry: NodeJS.Timeout | undefined
  let probe: NodeJS.Timeout | undefined

  async function enter(): Promise<void> {
    const fresh = new Client({
      connectionString: url, keepAlive: true, connectionTimeoutMillis: ANSWER_TIMEOUT_MS, query_timeout: ANSWER_TIMEOUT_MS, application_name: 'cluster-worker-presence' })
    client = fresh
    const leave = (error?: unknown) => {
      if (client !== fresh || isStopped) return
      client = null
      clearTimeout(probe)
      void fresh.end().catch(() => undefined)
      if (error) onFault('presence', error)
      retry = setTimeout(() => void enter(), RETRY_MS)
    }
    fresh.on('error', leave)
    fresh.on('end', () => leave())
    try {
      await fresh.connect()
      await fresh.query('select pg_advisory_lock($1, hashtext($2))', [PRESENCE, poolId])
      look()
    } catch (error) {
      leave(error)
    }
    function look(): void {
      probe = setTimeout(() => fresh.query('select 1').then(() => { if (client === fresh && !isStopped) look() }, leave), PROBE_MS)
    }
  }
  await enter()
  return {
    stop: async (): Promise<void> => {
      isStopped = true
      clearTimeout(retry)
      clearTimeout(probe)
      await client?.end().catch(() => undefined)
    },
  }
}

/**
 * Gives back the jobs of processes that died while they were at them; on its own the queue waits for hours, in case somebody is only
 * slow. @returns the names of the dead
 */
export async function freeJobsOfTheDead(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    select distinct locked_by as name from graphile_worker.jobs
    where locked_by is not null and locked_at < now() - interval '${GRACE}' and not exists (
      select from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where locktype = 'advisory' and granted and datname = current_database()
        and classid::bigint = ${PRESENCE} and objid::bigint = hashtext(locked_by)::bigint & 4294967295)`)
  const names = rows.map(({ name }) => name)
  if (names.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1)', [names])
  return names
}
