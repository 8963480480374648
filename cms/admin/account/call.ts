/** Why something was refused, in a sentence, with the field that it is about. */
export type Refusal = { message: string; code: string; path?: string }
export type Answer<T> = { ok: true; value: T } | { ok: false; refusals: Refusal[] }

const UNREACHABLE: Refusal = { code: 'unreachable', message: '没有连上服务器，刚才的操作没有生效。请检查网络后再试。' }
const UNKNOWN: Refusal = { code: 'unknown', message: '服务器没有完成这个操作。请稍后再试；如果仍不行，请联系技术人员。' }

/** Asks the CMS for something that concerns accounts. Never throws: a failure is an answer too. */
export async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method, credentials: 'include', headers: { 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const answer: unknown = await response.json().catch(() => null)
    if (response.ok && answer !== null) return { ok: true, value: answer as T }
    const refusals = typeof answer === 'object' && answer !== null && 'errors' in answer && Array.isArray(answer.errors) ? answer.errors as Refusal[] : []
    return { ok: false, refusals: refusals.length > 0 ? refusals : [UNKNOWN] }
  } catch {
    return { ok: false, refusals: [UNREACHABLE] }
  }
}
