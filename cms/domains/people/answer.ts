import { addDataAndFileToRequest, type PayloadRequest } from 'payload'
import type { z } from 'zod'
import { type Issue, refusal } from '@cluster/shared/issue'

/** A refusal that an endpoint answers in the house's form. */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  readonly issues: readonly Issue[]

  constructor(status: number, issues: readonly Issue[]) {
    super(issues.map(({ message }) => message).join(' '))
    this.status = status
    this.issues = issues
  }
}

/** One refusal, thrown: status, code, and the sentence that the person reads. */
export function refuse(status: number, code: string, message: string, path?: string): never {
  throw new Refused(status, [refusal(code, message, path)])
}

type Handler = (req: PayloadRequest) => Promise<Response>

/** Turns what a handler throws as `Refused` into an answer. Nothing of an account is kept by anybody on the way. */
export function answering(handler: Handler): Handler {
  return async (req) => {
    try {
      const answer = await handler(req)
      answer.headers.set('cache-control', 'no-store')
      return answer
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return Response.json(
        { errors: error.issues.map(({ message, code, path }) => ({ message, code, ...(path ? { path } : {}) })) },
        { status: error.status, headers: { 'cache-control': 'no-store' } })
    }
  }
}

/** What the fields are called on the screens. */
const NAMES: Record<string, string> = {
  email: '邮箱', password: '密码', current: '现在的密码', code: '动态验证码', name: '用途', operations: '可以做什么', siteIds: '站点', columnIds: '栏目', days: '有效天数',
  idleMinutes: '自动退出的时间', secondFactorDuties: '职责', reason: '原因', targets: '接收站点', mode: '推送方式', collection: '内容类型', id: '内容编号', q: '搜索词', page: '页码', release: '模板', version: '版本号', site: '站点', to: '移到哪一圈', ring: '圈', hours: '观察时间', lesson: '学到了什么', action: '操作',
}

/** The request's body as the schema wants it. @throws Refused 400 naming the fields that are wrong */
export async function bodyOf<T>(req: PayloadRequest, schema: z.ZodType<T>): Promise<T> {
  try {
    await addDataAndFileToRequest(req)
  } catch {
    refuse(400, 'malformed', '请求不是有效的 JSON，没有处理。')
  }
  const parsed = schema.safeParse(req.data ?? {})
  if (parsed.success) return parsed.data
  throw new Refused(400, parsed.error.issues.map((issue) => {
    const path = issue.path.join('.')
    return refusal('invalid', `“${NAMES[String(issue.path[0])] ?? '内容'}”不正确或没有填写，请检查后再试。`, path || undefined)
  }))
}
