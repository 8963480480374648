/**
 * How every rule answers: all findings at once, as data, so that an editor mends everything in one pass.
 * The message is the plain Chinese sentence that a clerk reads; the code is what programs and tests compare.
 */
export type Issue = {
  code: string
  /** Field path in the document, `attachments.0.alt`; absent when the whole document is meant. */
  path?: string
  message: string
  severity: 'error' | 'warning'
}

/** An issue that blocks the deed. */
export function refusal(code: string, message: string, path?: string): Issue {
  return { code, message, severity: 'error', ...(path === undefined ? {} : { path }) }
}

/** An issue that is shown, and blocks nothing. */
export function finding(code: string, message: string, path?: string): Issue {
  return { code, message, severity: 'warning', ...(path === undefined ? {} : { path }) }
}

/** True when nothing among the issues blocks the deed. */
export function isPermitted(issues: readonly Issue[]): boolean {
  return !issues.some((issue) => issue.severity === 'error')
}
