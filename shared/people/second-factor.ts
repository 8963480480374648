import { type Duty, type Grant, isInForce } from '../governance/duties.ts'

/** Codes that replace a lost telephone, each once. */
export const RECOVERY_CODE_COUNT = 10
/** Seconds that one code is valid for (RFC 6238, the value that every authenticator application assumes). */
export const CODE_PERIOD_SECONDS = 30

/** True when the person holds today one of the duties that the security administrator wants a second factor for. */
export function needsSecondFactor(grants: readonly Pick<Grant, 'duty' | 'from' | 'until'>[], required: readonly Duty[], today: string): boolean {
  return grants.some((grant) => required.includes(grant.duty) && isInForce(grant, today))
}

/** What a person has to do after signing in, before anything else is open to them. */
export type SignInStep = 'change-password' | 'enrol-second-factor'

/** The next such step; null when the sign-in is complete. */
export function nextSignInStep(account: { mustChangePassword: boolean; needsSecondFactor: boolean; hasSecondFactor: boolean }): SignInStep | null {
  if (account.mustChangePassword) return 'change-password'
  return account.needsSecondFactor && !account.hasSecondFactor ? 'enrol-second-factor' : null
}

/** A code as it was typed: spaces, hyphens and case do not matter. */
export function normaliseCode(typed: string): { kind: 'totp' | 'recovery'; code: string } | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase()
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code }
  return /^[2-9A-HJ-NP-Z]{10}$/.test(code) ? { kind: 'recovery', code } : null
}

const ALWAYS_OPEN = ['GET /api/account', 'GET /api/users/me', 'POST /api/users/logout', 'POST /api/users/refresh-token']
const OPEN_DURING: Record<SignInStep, readonly string[]> = {
  'change-password': ['POST /api/account/password'],
  'enrol-second-factor': ['POST /api/account/second-factor', 'POST /api/account/second-factor/confirm'],
}

/** The few addresses that answer somebody who still has a step to take. */
export function isOpenDuring(step: SignInStep, method: string, path: string): boolean {
  const address = `${method} ${path.replace(/\/$/, '')}`
  return ALWAYS_OPEN.includes(address) || OPEN_DURING[step].includes(address)
}
