import type { Asker } from '../audit/rows.ts'

export type QueueReport = {
  waiting: number
  running: number
  scheduled: number
  oldestWaitingSeconds: number | null
  failed: Array<{ id: string; task: string; attempts: number; maxAttempts: number; error: string; nextAttemptAt: string }>
}

const FAILED = 50

/** How the outbox stands: what is due, what runs, what is signed for a later time, and what has failed with its reason. */
export async function reportQueue(pool: Asker): Promise<QueueReport> {
  const { rows: [counts] } = await pool.query<Omit<QueueReport, 'failed'>>(`
    select count(*) filter (where locked_at is null and run_at <= now())::integer as waiting,
      count(*) filter (where locked_at is not null)::integer as running,
      count(*) filter (where locked_at is null and run_at > now() and last_error is null)::integer as scheduled,
      extract(epoch from now() - min(greatest(run_at, created_at)) filter (where locked_at is null and run_at <= now()))::integer as "oldestWaitingSeconds"
    from graphile_worker.jobs`)
  const { rows: failed } = await pool.query<QueueReport['failed'][number]>(`
    select id::text, task_identifier as task, attempts, max_attempts as "maxAttempts", last_error as error, run_at as "nextAttemptAt"
    from graphile_worker.jobs where last_error is not null order by updated_at desc limit ${FAILED}`)
  return { ...(counts ?? { waiting: 0, running: 0, scheduled: 0, oldestWaitingSeconds: null }), failed }
}
