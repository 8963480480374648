import type { PayloadRequest } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { needsSecondFactor } from '@cluster/shared/people/second-factor'
import { accountOf, dayOf, keyOf, personOf, type SignedInUser, sitesWith, today } from '../../../access/granted-sites.ts'
import { query, sql } from '../../../database/query.ts'
import { refuse } from '../answer.ts'
import { isPassword, type KeptPassword } from '../passwords/verify-password.ts'
import { readSettings } from '../security/settings.ts'
import { giveBackAttempt, LOCK_MINUTES, takeAttempt } from '../sign-in/attempts.ts'

/** The account that asks, first steps done or not. @throws Refused 401 for strangers and programs */
export function requireSession(req: PayloadRequest): SignedInUser {
  const account = accountOf(req)
  return account && !keyOf(req) ? account : refuse(401, 'sign-in-required', '请先登录。')
}

/** The person who asks. @throws Refused 401 for strangers, programs, and accounts with first steps to take */
export function requirePerson(req: PayloadRequest): SignedInUser {
  const person = personOf(req)
  return person && !keyOf(req) ? person : refuse(401, 'sign-in-required', '请先登录。')
}

/** The security administrator who asks, with the sites in reach. @throws Refused 401, 403 */
export async function requireSecurityAdmin(req: PayloadRequest): Promise<{ person: SignedInUser; reach: 'all' | number[] }> {
  const person = requirePerson(req)
  const reach = await sitesWith(req, ['security-admin'])
  return reach === 'all' || reach.length > 0 ? { person, reach } : refuse(403, 'duty-missing', '只有安全管理员可以这样做。')
}

/** Asks for the present password once more. Attempts are counted with those of the sign-in. @throws Refused when it is wrong */
export async function requireOwnPassword(req: PayloadRequest, { id }: SignedInUser, password: string, path = 'password'): Promise<void> {
  if (!(await takeAttempt(req.payload, id))) refuse(429, 'locked', `连续输错次数太多，请 ${LOCK_MINUTES} 分钟后再试。`, path)
  const [kept] = await query<KeptPassword>(req, sql`select salt, hash from users where id = ${id} and hash is not null`)
  if (!kept || !(await isPassword(password, kept))) refuse(422, 'wrong-password', '现在的密码不正确，请核对大小写后重新输入。', path)
  await giveBackAttempt(req.payload, id)
}

/** True when one of the account's duties needs a second factor today. */
export async function isFactorRequired(req: PayloadRequest, { grants }: SignedInUser): Promise<boolean> {
  const { secondFactorDuties } = await readSettings(req.payload)
  return needsSecondFactor((grants ?? []).map(({ duty, from, until }) => ({ duty: duty as Duty, from: dayOf(from), until: dayOf(until) })), secondFactorDuties, today())
}
