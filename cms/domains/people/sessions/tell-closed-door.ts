import type { AfterErrorHook, PayloadRequest } from 'payload'
import { type Issue, refusal } from '@cluster/shared/issue'
import type { SignInStep } from '@cluster/shared/people/second-factor'

const STEPS: Record<SignInStep, Issue> = {
  'change-password': refusal('change-password', '请先修改初始密码，然后才能办理业务。'),
  'enrol-second-factor': refusal('enrol-second-factor', '您的职责要求绑定动态验证码。请先绑定，然后才能办理业务。'),
}
const ENDED = refusal('session-ended', '登录已过期或已被结束，请重新登录。')

/** Remembers for the answer why the credentials of a request opened nothing. */
export function noteClosedDoor(req: PayloadRequest, step?: SignInStep): void {
  req.context.closedDoor ??= step ?? 'ended'
}

/** Whoever showed a session that is none any more is told so (401), and is not told that a duty is missing; so is whoever has a first step to take (403). */
export const tellClosedDoor: AfterErrorHook = ({ error, req }) => {
  const reason = req?.context?.closedDoor
  if (typeof reason !== 'string' || !('status' in error) || error.status !== 403) return undefined
  const issue = STEPS[reason as SignInStep] ?? ENDED
  return { status: issue === ENDED ? 401 : 403, response: { errors: [{ message: issue.message, code: issue.code } as { message: string }] } }
}
