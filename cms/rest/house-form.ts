import { type Issue, refusal } from '@cluster/shared/issue'
import { refusalAnswer } from './request-refused.ts'

/** What a status says where nothing better is known. */
const SENTENCES: Record<number, Issue> = {
  400: refusal('bad-request', '请求的内容不对，没有处理。请检查后再试。'),
  401: refusal('sign-in-required', '请先登录。'),
  403: refusal('forbidden', '您没有这项权限，没有处理。如有需要请联系安全管理员。'),
  404: refusal('not-found', '没有找到。'),
  405: refusal('bad-method', '这个地址不支持这样的操作。'),
  409: refusal('conflict', '内容已被他人改动，没有处理。请刷新页面后再试。'),
  413: refusal('too-large', '提交的内容太大，没有处理。请精简后再试。'),
  415: refusal('media-type', '提交的格式不对，没有处理。'),
  416: refusal('bad-range', '请求的文件范围不存在。'),
  422: refusal('invalid', '内容不符合要求，没有保存。请检查后再试。'),
  423: refusal('locked', '账号或内容暂时锁定，请稍后再试。'),
  429: refusal('too-many', '操作太频繁，请稍后再试。'),
}
const FAULT = refusal('fault', '服务器没有完成这个操作，内容没有改动。请稍后再试；如果仍不行，请联系技术人员。')

/** The sentence and code for a status. */
export const sentenceOf = (status: number): Issue => SENTENCES[status] ?? (status < 500 ? SENTENCES[400]! : FAULT)

export const isChinese = (text: unknown): text is string => typeof text === 'string' && /\p{Script=Han}/u.test(text)

type Entry = Record<string, unknown>

/**
 * An error as the house tells it: `{ errors: [{ message, code, path? }] }` with sentences in Chinese, whatever the framework wrote.
 * What it says beside that (`data`, `name`) stays for its own forms. Other answers pass untouched.
 */
export async function inHouseForm(response: Response): Promise<Response> {
  const { status } = response
  if (status < 400) return response
  const body: unknown = response.headers.get('content-type')?.includes('json') ? await response.json().catch(() => null) : null
  if (typeof body !== 'object' || body === null) {
    await response.body?.cancel()
    return refusalAnswer(status, [sentenceOf(status)])
  }
  const headers = new Headers(response.headers)
  for (const name of ['content-length', 'content-type']) headers.delete(name)
  headers.set('cache-control', 'no-store')
  return Response.json(housed(body as Entry, status), { status, headers })
}

function housed(body: Entry, status: number): Entry {
  const { message, stack: _, error: __, ...rest } = body
  const entries = Array.isArray(body.errors) ? body.errors as Entry[] : []
  const told = entries.length > 0 ? entries : [{ message }]
  return { ...rest, ...(isChinese(message) ? { message } : {}), errors: told.map((entry) => entryOf(entry, status)) }
}

function entryOf({ stack: _, ...entry }: Entry, status: number): Entry {
  const standard = sentenceOf(status)
  const data = typeof entry.data === 'object' && entry.data !== null ? entry.data as Entry : {}
  return {
    ...entry,
    message: isChinese(entry.message) ? entry.message : standard.message,
    code: entry.code ?? data.code ?? (Array.isArray(data.errors) ? 'invalid' : standard.code),
    ...(entry.path ?? data.path ? { path: entry.path ?? data.path } : {}),
  }
}
