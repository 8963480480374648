import type { Pool } from 'pg'
import type { Fault } from '../fault-log.ts'
import { UNREACHABLE } from '../search/engine-faults.ts'
import type { SearchStores } from '../search/index-documents.ts'
import { mendIndex } from '../search/mend-index.ts'

const LOOK_MS = 2_000

export type EngineWatch = ReturnType<typeof watchEngine>

/**
 * Watches the search engine. Whenever it is there (again), its index is put in order; and jobs that failed because it was away are done at
 * once: left alone they wait longer after each failure, up to hours.
 */
export function watchEngine({ stores, onFault, lookMs = LOOK_MS }: { stores: SearchStores; onFault: Fault; lookMs?: number }) {
  let isUp: boolean | null = null
  let isInOrder = false
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    try {
      const answers = stores.engine ? await stores.engine.isHealthy() : true
      if (isUp !== false && !answers) onFault('search-engine', new Error(UNREACHABLE))
      isUp = answers
      if (!answers) isInOrder = false
      else {
        if (!isInOrder) isInOrder = await mendIndex(stores) !== 'busy'
        await hurryWaitingJobs(stores.pool)
      }
    } catch (error) {
      onFault('search-index', error)
    }
    if (!isStopped) timer = setTimeout(() => { looking = look() }, lookMs)
  }

  return {
    start: (): void => { looking = look() },
    /** Null until it was first looked at. */
    isUp: () => isUp,
    stop: async (): Promise<void> => {
      isStopped = true
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
    },
  }
}

async function hurryWaitingJobs(pool: Pool): Promise<void> {
  await pool.query(`
    select graphile_worker.reschedule_jobs(array_agg(id), run_at => now(), attempts => 0) from graphile_worker.jobs
    where last_error like $1 and locked_at is null and (run_at > now() or attempts >= max_attempts) having count(*) > 0`, [`%${UNREACHABLE}%`])
}
