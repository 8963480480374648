import { type AuthStrategy, type AuthStrategyFunctionArgs, JWTAuthentication } from 'payload'
import { parseCookies } from 'payload/shared'
import type { Duty } from '@cluster/shared/governance/duties'
import { isOpenDuring, needsSecondFactor, nextSignInStep, type SignInStep } from '@cluster/shared/people/second-factor'
import { isSessionAlive, sessionDeadline } from '@cluster/shared/people/session-life'
import { dayOf, type SignedInUser, today } from '../../../access/granted-sites.ts'
import { presentedKey, signInByKey } from '../api-keys/sign-in-by-key.ts'
import { noteClosedDoor } from './tell-closed-door.ts'
import { readSession, touchSession } from './session-facts.ts'

/** Asking who one is is no use of a session: the admin does so by itself. */
const NO_USE = ['/api/users/me']

/**
 * Who a request comes from. Asked before Payload's own strategy, and the last word: whatever is refused here goes on without its
 * credentials, so that nothing after it lets it in.
 */
export const clusterSessions: AuthStrategy = {
  name: 'cluster-sessions',
  authenticate: async (args) => {
    const user = presentedKey(args.headers) === null ? await signInBySession(args) : await signInByKey(args)
    if (!user) {
      if (args.req && hasCredentials(args)) noteClosedDoor(args.req)
      args.headers = new Headers()
    }
    return { user }
  },
}

/** Whether somebody tried to show who they are. */
function hasCredentials({ headers, payload }: AuthStrategyFunctionArgs): boolean {
  return headers.has('authorization') || parseCookies(headers).has(`${payload.config.cookiePrefix}-token`)
}

async function signInBySession(args: AuthStrategyFunctionArgs): Promise<(SignedInUser & { collection: 'users' }) | null> {
  const { payload, req } = args
  // A copy: Payload's strategy is told its own name.
  const { user } = await JWTAuthentication({ ...args, strategyName: 'local-jwt' })
  const sid = user && '_sid' in user ? user._sid : undefined
  if (user?.collection !== 'users' || typeof sid !== 'string') return null
  const account = user as SignedInUser & { collection: 'users' }
  const session = await readSession(payload, sid, account.id)
  if (!session || !isSessionAlive(session, session.settings.idleMinutes, session.now)) return null
  const step = stepOf(account, session)
  if (step && req && !isOpenDuring(step, req.method ?? 'GET', req.pathname)) {
    noteClosedDoor(req, step)
    return null
  }
  const isUse = !req || !NO_USE.includes(req.pathname)
  if (isUse) await touchSession(payload, sid, session)
  const deadline = sessionDeadline({ ...session, ...(isUse ? { lastSeenAt: session.now } : {}) }, session.settings.idleMinutes).getTime()
  return Object.assign(account, { signIn: { sid, deadline, step } })
}

type Known = { hasSecondFactor: boolean; settings: { secondFactorDuties: readonly Duty[] } }

function stepOf(account: SignedInUser, { hasSecondFactor, settings }: Known): SignInStep | null {
  const grants = (account.grants ?? []).map(({ duty, from, until }) => ({ duty: duty as Duty, from: dayOf(from), until: dayOf(until) }))
  return nextSignInStep({
    mustChangePassword: account.mustChangePassword === true, hasSecondFactor, needsSecondFactor: needsSecondFactor(grants, settings.secondFactorDuties, today()) })
}
