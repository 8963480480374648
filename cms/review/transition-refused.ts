import type { Issue } from '@cluster/shared/issue'

/** A transition that may not happen, with every reason. `status` is the HTTP status of the answer. */
export class TransitionRefused extends Error {
  override name = 'TransitionRefused'
  readonly status: number
  readonly issues: readonly Issue[]

  constructor(status: number, issues: readonly Issue[]) {
    super(issues.map(({ message }) => message).join(' '))
    this.status = status
    this.issues = issues
  }
}

const CONFLICTS = ['wrong-state', 'stale-version', 'content-changed', 'in-batch']
const FORBIDDEN = ['duty-missing', 'same-person', 'not-the-drafter', 'outside-grants']

/** 403 where the person may not, 409 where the document is not as the person thought, 422 where the request or the text lacks something. */
export function statusOf(issues: readonly Issue[]): number {
  if (issues.some(({ code }) => FORBIDDEN.includes(code))) return 403
  return issues.some(({ code }) => CONFLICTS.includes(code)) ? 409 : 422
}
