import type { Endpoint, PayloadRequest } from 'payload'
import { generateExpiredPayloadCookie, generatePayloadCookie } from 'payload/shared'
import { z } from 'zod'
import { MAX_PASSWORD_LENGTH } from '@cluster/shared/people/password-policy'
import { sessionDeadline } from '@cluster/shared/people/session-life'
import { accountOf } from '../../../access/granted-sites.ts'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { answering, bodyOf, refuse } from '../answer.ts'
import { compareInVain, isPassword } from '../passwords/verify-password.ts'
import { checkCode } from '../second-factor/check-code.ts'
import { hasSecondFactor } from '../second-factor/store.ts'
import { readSettings } from '../security/settings.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { openSession } from '../sessions/open-session.ts'
import { giveBackAttempt, LOCK_MINUTES, MAX_ATTEMPTS, takeAttempt } from './attempts.ts'
import { countSignIn, forgiveSignIn } from '../../../web/sign-in-rates.ts'
import { noteRefusedSignIn, noteSignIn, originOf, type SignInReason } from './history.ts'

const bodySchema = z.object({ email: z.string().trim().toLowerCase().min(1).max(254), password: z.string().min(1).max(MAX_PASSWORD_LENGTH * 4), code: z.string().max(40).optional() })
type Account = { id: number; email: string; name: string; siteId: number | null; salt: string | null; hash: string | null }

/** One sentence for all of these: it must not tell which accounts exist, nor, to whoever guesses, that the guess was right. */
const NOT_SIGNED_IN = `没有登录成功：邮箱或密码不正确，或者账号因连续输错 ${MAX_ATTEMPTS} 次已锁定 ${LOCK_MINUTES} 分钟。请核对后再试；仍然不行，请联系本单位的安全管理员。`
const WRONG_CODE = '动态验证码不正确或已经用过。请等手机上出现新的 6 位数字后再输入；手机不在身边，可以输入一个恢复码。'

/**
 * `POST /api/users/login` `{ email, password, code? }` → session cookie, token and the instant at which it ends. In the place of Payload's own: attempts are
 * taken one by one, an account is never written back as it was read before, and no session exists before the second factor was shown.
 * 401 `second-factor-required` asks for the same again with `code`.
 */
export const signInEndpoint: Omit<Endpoint, 'root'> = { path: '/login', method: 'post', handler: answering(signIn) }

async function signIn(req: PayloadRequest): Promise<Response> {
  const { email, password, code } = await bodyOf(req, bodySchema)
  const tooMany = await countSignIn(req, email)
  if (tooMany) return tooMany
  const origin = originOf(req)
  const [account] = await query<Account>(req, sql`select id, email, name, site_id as "siteId", salt, hash from users where email = ${email}`)
  const refused = async (reason: SignInReason): Promise<never> => {
    // The answer says no more than that it was refused; the audit log knows why.
    req.context.refusalReason = reason
    await noteRefusedSignIn(req.payload, reason, { personId: account?.id ?? null, ...origin })
    return reason === 'wrong-code' ? refuse(401, 'wrong-code', WRONG_CODE, 'code') : refuse(401, 'sign-in-refused', NOT_SIGNED_IN)
  }
  const mayTry = account ? await takeAttempt(req.payload, account.id) : false
  const isRight = account?.salt && account.hash && mayTry ? await isPassword(password, { salt: account.salt, hash: account.hash }) : await compareInVain(password)
  if (!account) return refused('unknown-account')
  if (!isRight) return refused(mayTry ? 'wrong-password' : 'locked')

  const isFactorNeeded = await hasSecondFactor(req, account.id)
  if (isFactorNeeded && !code) {
    await giveBackAttempt(req.payload, account.id)
    // The password was right: nothing to be written down as refused.
    req.context.isRefusalAudited = true
    refuse(401, 'second-factor-required', '请输入手机上的 6 位动态验证码。', 'code')
  }
  const opened = await inTransaction(req, async () => {
    const secondFactor = isFactorNeeded ? await checkCode(req, account.id, code ?? '') : null
    if (isFactorNeeded && !secondFactor) return null
    const session = await openSession(req, account, origin)
    await query(req, sql`update users set login_attempts = 0, lock_until = null where id = ${account.id}`)
    await noteSignIn(req, { personId: account.id, secondFactor, ...origin })
    await audit(req, {
      deed: 'sign-in', collection: 'users', documentId: account.id, person: { id: account.id, name: account.name, email: account.email },
      ...(account.siteId === null ? {} : { siteId: account.siteId }), detail: { secondFactor } })
    return session
  })
  if (!opened) return refused('wrong-code')
  await forgiveSignIn(req, email)
  const now = new Date()
  const { idleMinutes } = await readSettings(req.payload)
  const { config } = req.payload.collections.users
  const cookie = generatePayloadCookie({ collectionAuthConfig: config.auth, cookiePrefix: req.payload.config.cookiePrefix, token: opened.token })
  return Response.json({
    message: '已登录。', token: opened.token, exp: Math.floor(sessionDeadline({ openedAt: now, lastSeenAt: now }, idleMinutes).getTime() / 1000),
    user: { id: account.id, email: account.email, name: account.name, collection: 'users' },
  }, { headers: { 'set-cookie': cookie } })
}

/** `POST /api/users/logout`: ends this session, or with `?allSessions=true` all of the person's. */
export const signOutEndpoint: Omit<Endpoint, 'root'> = {
  path: '/logout', method: 'post',
  handler: answering(async (req) => {
    const account = accountOf(req)
    const { config } = req.payload.collections.users
    const cookie = generateExpiredPayloadCookie({ collectionAuthConfig: config.auth, cookiePrefix: req.payload.config.cookiePrefix })
    if (account?.signIn?.sid) {
      const { sid } = account.signIn
      await inTransaction(req, async () => {
        await endSessions(req, { personId: account.id, because: 'signed-out', ...(req.searchParams.get('allSessions') === 'true' ? {} : { only: sid }) })
        await audit(req, { deed: 'sign-out', collection: 'users', documentId: account.id, person: account })
      })
    }
    return Response.json({ message: '已退出。' }, { headers: { 'set-cookie': cookie } })
  }),
}

/** `POST /api/users/refresh-token`: tells the browser of somebody at work until when the session lives now. The token stays as it is. */
export const refreshEndpoint: Omit<Endpoint, 'root'> = {
  path: '/refresh-token', method: 'post',
  handler: answering(async (req) => {
    const account = accountOf(req)
    if (!account?.signIn?.deadline) refuse(401, 'sign-in-required', '登录已过期，请重新登录。')
    const user = await req.payload.findByID({ collection: 'users', id: account.id, depth: 0, overrideAccess: false, user: req.user, req })
    return Response.json({ message: '已续期。', exp: Math.floor(account.signIn.deadline / 1000), user: { ...user, collection: 'users' } })
  }),
}
