import type { PayloadRequest } from 'payload'
import type { Disclosure } from '@cluster/shared/delivery/records'
import { requestIdOf } from '../audit/request-id.ts'
import { query, sql } from '../database/query.ts'

/** The tasks of the outbox, with what each is told. A task re-reads what was committed; the job only says where to look. */
export type OutboxTasks = {
  /** Brings the search indexes in line with the delivery record, or its absence. */
  'index-document': { collection: string; id: number }
  /** The same for the many documents of a batch, or of the whole cluster. */
  'index-documents': { collection: string; ids: number[] }
  /** Makes the documents of a signed migration batch public, in portions. */
  'release-batch': { batch: number; disclosure: Disclosure }
  /** Publishes what was signed for this time, if it still stands as it was signed. */
  'release-scheduled': { collection: string; id: number; version: number }
  /** Builds the search indexes anew. */
  'rebuild-search': Record<string, never>
  /** Measures the sites of a ring after their switch, and stops it at a red gate. */
  'measure-ring': { rollout: number; attempt: number }
  /** Looks at every site as it would be under a release. */
  'dry-run': { run: number }
  /** Takes pictures of the pilots of a dry run that is done. */
  'picture-pilots': { run: number }
  /** Carries the texts of a site that is merged, portion by portion, or back again. */
  'move-site': { change: number }
  /** Checks the chain of the audit log; put there by the clock. */
  'verify-audit': Record<string, never>
}

/** Puts a job into the outbox within the request's transaction: it exists exactly when the publication does, and says which request asked for it. */
export async function enqueue<Task extends keyof OutboxTasks>(
  req: PayloadRequest, task: Task, told: OutboxTasks[Task], { key, at }: { key?: string; at?: Date } = {},
): Promise<void> {
  await query(req, sql`
    select graphile_worker.add_job(${task}, ${JSON.stringify({ ...told, requestId: requestIdOf(req) })}::json, job_key => ${key ?? null}, run_at => ${at?.toISOString() ?? null}::timestamptz)`)
}

/** Takes a job that waits out of the outbox again. */
export async function unqueue(req: PayloadRequest, key: string): Promise<void> {
  await query(req, sql`select graphile_worker.remove_job(${key})`)
}
