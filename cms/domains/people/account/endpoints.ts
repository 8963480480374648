import { type Endpoint, type PayloadRequest, ValidationError } from 'payload'
import { z } from 'zod'
import { refusal } from '@cluster/shared/issue'
import { audit } from '../../../audit/record.ts'
import { inTransaction } from '../../../database/query.ts'
import { answering, bodyOf, Refused, refuse } from '../answer.ts'
import { countRecoveryCodes, hasSecondFactor } from '../second-factor/store.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { readSignIns } from '../sign-in/history.ts'
import { isFactorRequired, requireOwnPassword, requirePerson, requireSession } from './require.ts'

const passwordSchema = z.object({ current: z.string().min(1).max(512), password: z.string().min(1).max(1024) })
const SIGN_INS_PER_PAGE = 20
const pageSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional()

/** `GET /api/account` → who I am, what I still have to do, and how my account is secured. */
const show = async (req: PayloadRequest): Promise<Response> => {
  const account = requireSession(req)
  const [isEnrolled, recoveryCodesLeft, isRequired] = await Promise.all([hasSecondFactor(req, account.id), countRecoveryCodes(req, account.id), isFactorRequired(req, account)])
  return Response.json({
    id: account.id, name: account.name, unit: account.unit, email: account.email, step: account.signIn?.step ?? null, secondFactor: { isEnrolled, isRequired, recoveryCodesLeft } })
}

/** `POST /api/account/password` `{ current, password }`. Other sessions end. */
const changePassword = async (req: PayloadRequest): Promise<Response> => {
  const account = requireSession(req)
  const { current, password } = await bodyOf(req, passwordSchema)
  await requireOwnPassword(req, account, current, 'current')
  try {
    await inTransaction(req, async () => {
      await req.payload.update({ collection: 'users', id: account.id, data: { password }, overrideAccess: true, depth: 0, req, context: { isOwnPasswordChange: true } })
      await audit(req, { deed: 'change-password', collection: 'users', documentId: account.id, person: account })
    })
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    throw new Refused(422, error.data.errors.map(({ message, ...entry }) => refusal('code' in entry ? String(entry.code) : 'invalid', message, 'password')))
  }
  return Response.json({ message: '密码已修改，其他设备上的登录已结束。' })
}

/** `GET /api/account/sessions` → `{ sessions }`. */
const sessions = async (req: PayloadRequest): Promise<Response> => {
  const person = requirePerson(req)
  return Response.json({ sessions: await listSessions(req, person.id, person.signIn?.sid) })
}

/** `POST /api/account/sessions/:id/end`, where `:id` is a session of mine or `others`. */
const endSession = async (req: PayloadRequest): Promise<Response> => {
  const person = requirePerson(req)
  const id = String(req.routeParams?.id ?? '')
  const which = id === 'others' ? { except: person.signIn?.sid ?? '' } : { only: id }
  const ended = await inTransaction(req, async () => {
    const count = await endSessions(req, { personId: person.id, because: 'by-owner', ...which })
    if (count > 0) await audit(req, { deed: 'end-sessions', collection: 'users', documentId: person.id, detail: { count } })
    return count
  })
  if (ended === 0 && id !== 'others') refuse(404, 'not-found', '这次登录已经结束了。')
  return Response.json({ ended })
}

/** `GET /api/account/sign-ins?before=ID` → `{ signIns }`: mine, the latest first. */
const signIns = async (req: PayloadRequest): Promise<Response> => {
  const person = requirePerson(req)
  const before = pageSchema.safeParse(req.searchParams.get('before') ?? undefined)
  if (!before.success) refuse(400, 'invalid', '翻页的位置不正确，请从头查看。')
  const entries = await readSignIns(req, { personIds: [person.id], before: before.data, limit: SIGN_INS_PER_PAGE })
  return Response.json({ signIns: entries.map(({ personId: _, name: __, email: ___, ...entry }) => entry) })
}

export const accountEndpoints: Endpoint[] = [
  { path: '/account', method: 'get', handler: answering(show) },
  { path: '/account/password', method: 'post', handler: answering(changePassword) },
  { path: '/account/sessions', method: 'get', handler: answering(sessions) },
  { path: '/account/sessions/:id/end', method: 'post', handler: answering(endSession) },
  { path: '/account/sign-ins', method: 'get', handler: answering(signIns) },
]
