import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { personOf, sitesWith } from '../access/granted-sites.ts'
import { audit, auditRefusal } from '../audit/record.ts'
import { inTransaction, query, sql } from '../database/query.ts'
import { answering, bodyOf, refuse } from '../domains/people/answer.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { reportQueue } from '../outbox/report.ts'
import { readState } from './read-state.ts'

const idSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const discardSchema = z.object({ reason: z.string().trim().min(2).max(200) })

/** The system's administrator: the province's, for the whole cluster. */
export async function isOperator(req: PayloadRequest): Promise<boolean> {
  return personOf(req) !== null && await sitesWith(req, ['province-admin']) === 'all'
}

/**
 * `GET /api/operator` how the cluster stands, `POST /api/operator/jobs/<id>/retry`, `POST /api/operator/jobs/<id>/discard { reason }`,
 * `POST /api/operator/rebuild-search`: for the system's administrator alone.
 */
export const operatorEndpoints: Endpoint[] = [
  { path: '/operator', method: 'get', handler: asOperator(async (req) => {
    const { pool } = req.payload.db
    return Response.json({ ...await readState(pool), failedJobs: (await reportQueue(pool)).failed })
  }) },
  { path: '/operator/jobs/:id/retry', method: 'post', handler: asOperator((req) => onFailedJob(req, async (job) => {
    await query(req, sql`select graphile_worker.reschedule_jobs(array[${job.id}::bigint], run_at => now(), attempts => 0)`)
    await audit(req, { deed: 'retry-job', detail: job })
    return Response.json({ message: '已重新排队，马上就会再做一次。' })
  })) },
  { path: '/operator/jobs/:id/discard', method: 'post', handler: asOperator(async (req) => {
    const { reason } = await bodyOf(req, discardSchema)
    return onFailedJob(req, async (job) => {
      await query(req, sql`select graphile_worker.complete_jobs(array[${job.id}::bigint])`)
      await audit(req, { deed: 'discard-job', detail: { ...job, why: reason } })
      return Response.json({ message: '已放弃这个任务。' })
    })
  }) },
  { path: '/operator/rebuild-search', method: 'post', handler: asOperator((req) => inTransaction(req, async () => {
    await enqueue(req, 'rebuild-search', {}, { key: 'rebuild-search' })
    await audit(req, { deed: 'rebuild-search' })
    return Response.json({ message: '已开始重建搜索索引。重建期间照常可以搜索。' })
  })) },
]

function asOperator(handler: (req: PayloadRequest) => Promise<Response>): (req: PayloadRequest) => Promise<Response> {
  return answering(async (req) => {
    if (await isOperator(req)) return handler(req)
    if (!personOf(req)) refuse(401, 'sign-in-required', '请先登录。')
    await auditRefusal(req, { deed: 'operate', reason: 'forbidden' })
    return refuse(403, 'forbidden', '运行状况只有全省的省级管理员可以查看和处理。')
  })
}

type FailedJob = { id: string; task: string; attempts: number }

/** A job that failed and that nobody is at; in one transaction with its audit row. */
async function onFailedJob(req: PayloadRequest, deed: (job: FailedJob) => Promise<Response>): Promise<Response> {
  const id = idSchema.safeParse(req.routeParams?.id)
  return inTransaction(req, async () => {
    const [job] = id.success ? await query<FailedJob>(req, sql`
      select id::text, task_identifier as task, attempts from graphile_worker.jobs where id = ${id.data} and last_error is not null and locked_at is null`) : []
    return job ? deed(job) : refuse(404, 'not-found', '没有这个失败的任务，可能已经做成了，或正在重做。请刷新页面。')
  })
}
