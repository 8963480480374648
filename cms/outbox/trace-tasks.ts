import type { EventEmitter } from 'node:events'
import type { Job, Task, TaskList } from 'graphile-worker'
import type { Logger } from 'pino'
import { withinRequest } from '../metrics/current-request.ts'

/** The request that put a job into the outbox; a job that nobody asked for stands for itself. */
function requestOf(job: Pick<Job, 'id' | 'payload'>): string {
  const payload: unknown = job.payload
  const given = typeof payload === 'object' && payload !== null && 'requestId' in payload ? payload.requestId : undefined
  return typeof given === 'string' ? given : `job-${job.id}`
}

/** The tasks, each carried out under the id of the request that asked for it: logs and audit rows of both can be laid side by side. */
export function traceTasks(tasks: TaskList): TaskList {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => {
    const traced: Task = (payload, helpers) => withinRequest(requestOf(helpers.job), () => (task as Task)(payload, helpers))
    return [name, traced]
  }))
}

/** Notes each job that was done, or failed, with its request. */
export function noteJobs(events: EventEmitter, log: Logger): void {
  events.on('job:complete', ({ job, error }: { job: Job; error: unknown }) => {
    const line = { what: 'job', task: job.task_identifier, jobId: job.id, requestId: requestOf(job), attempt: job.attempts }
    if (error) log.warn({ ...line, reason: error instanceof Error ? error.message : String(error) })
    else log.info(line)
  })
}
