import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { DUTY_CODES } from '@cluster/shared/governance/duties'
import { IDLE_MINUTES_BOUNDS, isIdleMinutes } from '@cluster/shared/people/session-life'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import type { User } from '../../../payload-types.ts'
import { requireSecurityAdmin } from '../account/require.ts'
import { answering, bodyOf, refuse } from '../answer.ts'
import { countRecoveryCodes, hasSecondFactor, removeSecondFactor } from '../second-factor/store.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { readSignIns } from '../sign-in/history.ts'
import { mayTakeOver } from '../users/may-take-over.ts'
import { keepSettings, readSettings } from './settings.ts'

const settingsSchema = z.object({
  idleMinutes: z.number().refine(isIdleMinutes),
  secondFactorDuties: z.array(z.enum(DUTY_CODES as [typeof DUTY_CODES[number], ...typeof DUTY_CODES])).max(DUTY_CODES.length).transform((duties) => [...new Set(duties)]),
})
const reasonSchema = z.object({ reason: z.string().trim().min(2).max(200) })
const idSchema = z.coerce.number().int().positive().max(2 ** 31 - 1)
const filterSchema = z.object({
  person: idSchema.optional(), result: z.enum(['refused', 'succeeded']).optional(), before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
})
const SIGN_INS_PER_PAGE = 50

/** `GET /api/security/settings`. */
const showSettings = async (req: PayloadRequest): Promise<Response> => {
  await requireSecurityAdmin(req)
  return Response.json({ ...await readSettings(req.payload), idleMinutesBounds: IDLE_MINUTES_BOUNDS })
}

/** `POST /api/security/settings` `{ idleMinutes, secondFactorDuties }`: for the whole cluster, by whoever reaches all of it. */
const changeSettings = async (req: PayloadRequest): Promise<Response> => {
  const { person, reach } = await requireSecurityAdmin(req)
  if (reach !== 'all') refuse(403, 'outside-reach', '这些设置对全部站点生效，只有省级的安全管理员可以修改。')
  const settings = await bodyOf(req, settingsSchema)
  await inTransaction(req, async () => {
    await keepSettings(req, person.id, settings)
    await audit(req, { deed: 'change-settings', detail: settings })
  })
  return Response.json(settings)
}

/** `GET /api/security/sign-ins?person=&result=&before=`: of the accounts in reach. Those of no account are seen by whoever reaches all. */
const signIns = async (req: PayloadRequest): Promise<Response> => {
  const { reach } = await requireSecurityAdmin(req)
  const filter = filterSchema.safeParse(Object.fromEntries([...req.searchParams].filter(([, value]) => value !== '')))
  if (!filter.success) refuse(400, 'invalid', '筛选条件不正确，请重新选择。')
  const { person, result, before } = filter.data
  const inReach = reach === 'all' ? 'all' as const : (await query<{ id: number }>(req, sql`
    select id from users where site_id in (select jsonb_array_elements_text(${JSON.stringify(reach)}::jsonb)::int)`)).map(({ id }) => id)
  const personIds = person === undefined ? inReach : inReach === 'all' || inReach.includes(person) ? [person] : []
  return Response.json({ signIns: await readSignIns(req, { personIds, isRefused: result && result === 'refused', before, limit: SIGN_INS_PER_PAGE }) })
}

/** The account that the address names. @throws Refused 404 when there is none in reach */
async function accountInReach(req: PayloadRequest): Promise<User> {
  const { reach } = await requireSecurityAdmin(req)
  const id = idSchema.safeParse(req.routeParams?.id)
  const account = id.success ? await req.payload.findByID({ collection: 'users', id: id.data, depth: 0, overrideAccess: true, disableErrors: true, req }) : null
  const site = account && relationId(account.site)
  return account && (reach === 'all' || (typeof site === 'number' && reach.includes(site))) ? account : refuse(404, 'not-found', '没有找到这个账号。')
}

/** `GET /api/security/accounts/:id` → sessions, second factor and lock of an account. */
const showAccount = async (req: PayloadRequest): Promise<Response> => {
  const account = await accountInReach(req)
  const [sessions, isEnrolled, recoveryCodesLeft] = await Promise.all([listSessions(req, account.id), hasSecondFactor(req, account.id), countRecoveryCodes(req, account.id)])
  const isLocked = Boolean(account.lockUntil && new Date(account.lockUntil) > new Date())
  return Response.json({ sessions, secondFactor: { isEnrolled, recoveryCodesLeft }, isLocked, lockedUntil: isLocked ? account.lockUntil : null, mayTakeOver: await mayTakeOver(req, account) })
}

/** `POST /api/security/accounts/:id/end-sessions`. */
const endAll = async (req: PayloadRequest): Promise<Response> => {
  const account = await accountInReach(req)
  const ended = await inTransaction(req, async () => {
    const count = await endSessions(req, { personId: account.id, because: 'by-administrator' })
    await audit(req, { deed: 'end-sessions', collection: 'users', documentId: account.id, detail: { count } })
    return count
  })
  return Response.json({ ended })
}

/** `POST /api/security/accounts/:id/reset-second-factor` `{ reason }`: of a lost telephone. What was opened with it ends. Nobody their own. */
const resetSecondFactor = async (req: PayloadRequest): Promise<Response> => {
  const { person } = await requireSecurityAdmin(req)
  const account = await accountInReach(req)
  if (account.id === person.id) refuse(403, 'own-account', '自己的动态验证码不能自己重置，请由另一位安全管理员办理。')
  if (!(await mayTakeOver(req, account))) refuse(403, 'outside-reach', '这个账号还有您管辖范围以外的职责，须由上一级安全管理员重置。')
  const { reason } = await bodyOf(req, reasonSchema)
  await inTransaction(req, async () => {
    if (!(await removeSecondFactor(req, account.id))) refuse(409, 'no-second-factor', '这个账号没有绑定动态验证码，不需要重置。')
    await endSessions(req, { personId: account.id, because: 'second-factor-changed' })
    await audit(req, { deed: 'reset-second-factor', collection: 'users', documentId: account.id, detail: { reason } })
  })
  return Response.json({ message: '已重置。本人下次登录后可以重新绑定。' })
}

export const securityEndpoints: Endpoint[] = [
  { path: '/security/settings', method: 'get', handler: answering(showSettings) },
  { path: '/security/settings', method: 'post', handler: answering(changeSettings) },
  { path: '/security/sign-ins', method: 'get', handler: answering(signIns) },
  { path: '/security/accounts/:id', method: 'get', handler: answering(showAccount) },
  { path: '/security/accounts/:id/end-sessions', method: 'post', handler: answering(endAll) },
  { path: '/security/accounts/:id/reset-second-factor', method: 'post', handler: answering(resetSecondFactor) },
]
