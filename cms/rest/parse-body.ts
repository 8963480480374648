import { refusal } from '@cluster/shared/issue'
import { RequestRefused } from './request-refused.ts'
import { unsafeIssue } from './safe-json.ts'

/** The longest statute, in the editor's own form, is a quarter of this. */
export const JSON_LIMIT_BYTES = 2 * 1024 * 1024

const malformed = () => new RequestRefused(400, [refusal('malformed', '请求不是有效的 JSON，没有处理。请刷新页面后重试。')])
const tooLarge = () => new RequestRefused(413, [refusal('too-large', `提交的内容超过 ${JSON_LIMIT_BYTES / 1024 / 1024} MB，没有处理。请精简正文，大文件请作为附件上传。`)])

/**
 * Reads a body of text up to the limit, whatever length it claims to have.
 * @throws RequestRefused when it is longer, or no UTF-8
 */
export async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > JSON_LIMIT_BYTES) throw tooLarge()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength
      if (bytes > JSON_LIMIT_BYTES) throw tooLarge()
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw malformed()
    throw error
  }
}

/**
 * Reads a JSON object and gives it back as the text that is handed on; nothing at all counts as an empty object.
 * @throws RequestRefused when it is no JSON object, or unsafe to work on
 */
export async function readJson(request: Request): Promise<string> {
  const text = await readText(request)
  if (text.trim() === '') return '{}'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed()
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  const issue = unsafeIssue(value)
  if (issue) throw new RequestRefused(400, [issue])
  return text
}
