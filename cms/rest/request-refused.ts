import type { Issue } from '@cluster/shared/issue'

/** A request that is turned away before any code that knows documents has seen it. `status` is the HTTP status of the answer. */
export class RequestRefused extends Error {
  override name = 'RequestRefused'
  readonly status: number
  readonly issues: readonly Issue[]

  constructor(status: number, issues: readonly Issue[]) {
    super(issues.map(({ message }) => message).join(' '))
    this.status = status
    this.issues = issues
  }
}

/** The usual error form: what every endpoint of the CMS answers when it refuses. */
export function refusalBody(issues: readonly Issue[]): { errors: Array<{ message: string; code: string; path?: string }> } {
  return { errors: issues.map(({ message, code, path }) => ({ message, code, ...(path ? { path } : {}) })) }
}

/** A refusal in the usual error form, never kept by a cache on the way. */
export function refusalAnswer(status: number, issues: readonly Issue[]): Response {
  return Response.json(refusalBody(issues), { status, headers: { 'cache-control': 'no-store' } })
}
