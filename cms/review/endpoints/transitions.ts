import { addDataAndFileToRequest, type Endpoint } from 'payload'
import { z } from 'zod'
import { type Issue, refusal } from '@cluster/shared/issue'
import { ACTION_CODES, ACTIONS } from '@cluster/shared/publishing/states'
import { personOf } from '../../access/granted-sites.ts'
import type { ReviewedCollection } from '../../domains/slugs.ts'
import { auditRefusal } from '../../audit/record.ts'
import { performTransition } from '../perform.ts'
import { mayRead } from '../may-read.ts'
import { readRow } from '../rows.ts'
import { TransitionRefused } from '../transition-refused.ts'

const bodySchema = z.object({
  action: z.enum(ACTION_CODES as [keyof typeof ACTIONS, ...(keyof typeof ACTIONS)[]]),
  version: z.number().int().positive(),
  reason: z.string().max(5000).optional(),
  at: z.iso.datetime({ offset: true }).transform((value) => new Date(value)).optional(),
})
const idSchema = z.coerce.number().int().positive().max(2 ** 31 - 1)

/** `POST /api/<collection>/<id>/transitions`: the one address by which a state changes; the admin's buttons use it too. */
export function transitionsEndpoint(collection: ReviewedCollection): Omit<Endpoint, 'root'> {
  return {
    path: '/:id/transitions',
    method: 'post',
    handler: async (req) => {
      if (!personOf(req)) return answer(401, [refusal('sign-in-required', '请先登录。')])
      const id = idSchema.safeParse(req.routeParams?.id)
      if (!id.success) return answer(404, [refusal('not-found', '没有找到这篇稿件。')])
      const body = await parseBody(req)
      if (!body.success) return answer(400, body.issues)
      try {
        const access = await mayRead(req, collection, id.data)
        if (access !== 'yes') throw new TransitionRefused(access === 'no' ? 403 : 404, [
          access === 'no' ? refusal('outside-grants', '这篇稿件不在您的站点范围内。') : refusal('not-found', '没有找到这篇稿件。')])
        return Response.json(await performTransition(req, { collection, id: id.data }, body.data))
      } catch (error) {
        if (!(error instanceof TransitionRefused)) throw error
        const row = await readRow(req, collection, id.data)
        await auditRefusal(req, {
          deed: body.data.action, collection, documentId: id.data, version: body.data.version, ...(row ? { siteId: row.siteId } : {}),
          ...(error.issues[0] ? { reason: error.issues[0].code } : {}), detail: { codes: error.issues.map(({ code }) => code) } })
        return answer(error.status, error.issues)
      }
    },
  }
}

type Parsed = { success: true; data: z.output<typeof bodySchema> } | { success: false; issues: Issue[] }

async function parseBody(req: Parameters<Endpoint['handler']>[0]): Promise<Parsed> {
  try {
    await addDataAndFileToRequest(req)
  } catch {
    return { success: false, issues: [refusal('malformed', '请求不是有效的 JSON。')] }
  }
  const parsed = bodySchema.safeParse(req.data)
  if (parsed.success) return { success: true, data: parsed.data }
  return {
    success: false,
    issues: parsed.error.issues.map((issue) => refusal('invalid', `字段 ${issue.path.join('.') || '（整体）'} 不正确：需要 { action, version, reason?, at? }。`, issue.path.join('.'))),
  }
}

function answer(status: number, issues: readonly Issue[]): Response {
  return Response.json({ errors: issues.map(({ message, code, path }) => ({ message, code, ...(path ? { path } : {}) })) }, { status })
}
