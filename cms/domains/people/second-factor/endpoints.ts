import { type Endpoint, type PayloadRequest } from 'payload'
import QRCode from 'qrcode'
import { z } from 'zod'
import { normaliseCode } from '@cluster/shared/people/second-factor'
import { clockOf } from '../../../review/clock.ts'
import { audit } from '../../../audit/record.ts'
import { inTransaction } from '../../../database/query.ts'
import { answering, bodyOf, refuse } from '../answer.ts'
import { isFactorRequired, requireOwnPassword, requireSession } from '../account/require.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { checkOwnCode } from './check-own-code.ts'
import { confirmSecret, hasSecondFactor, keepUnconfirmedSecret, makeRecoveryCodes, readSecret, removeSecondFactor, useStep } from './store.ts'
import { addressOfSecret, makeSecret, stepOfCode } from './totp.ts'

const codeSchema = z.object({ code: z.string().min(1).max(40) })
const removeSchema = codeSchema.extend({ password: z.string().min(1).max(512) })
const beginSchema = z.object({ password: z.string().min(1).max(512).optional() })

/** A QR code as the outline of its dark squares: drawn by the page itself, fetched from nowhere. */
function drawCode(text: string): { size: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const dark = Array.from({ length: modules.size ** 2 }, (_, index) => index).filter((index) => modules.data[index])
  return { size: modules.size, path: dark.map((index) => `M${index % modules.size} ${Math.floor(index / modules.size)}h1v1h-1z`).join('') }
}

/** `POST /api/account/second-factor` `{ password? }` → `{ secret, qr }`: a secret that is worth nothing until it is confirmed. */
const begin = async (req: PayloadRequest): Promise<Response> => {
  const account = requireSession(req)
  const { password } = await bodyOf(req, beginSchema)
  // Whoever is made to enrol has typed the password a moment ago; a session left open must not be enough later on.
  if (account.signIn?.step !== 'enrol-second-factor') await requireOwnPassword(req, account, password ?? '')
  if (await hasSecondFactor(req, account.id)) refuse(409, 'has-second-factor', '您已经绑定了动态验证码。要换手机，请先解除绑定，再重新绑定。')
  const secret = makeSecret()
  await keepUnconfirmedSecret(req, account.id, secret)
  return Response.json({ secret, qr: drawCode(addressOfSecret(secret, account.email)) })
}

/** `POST /api/account/second-factor/confirm` `{ code }` → `{ recoveryCodes }`, shown this once. Other sessions end. */
const confirm = async (req: PayloadRequest): Promise<Response> => {
  const account = requireSession(req)
  const { code } = await bodyOf(req, codeSchema)
  const recoveryCodes = await inTransaction(req, async () => {
    const factor = await readSecret(req, account.id, { isConfirmed: false })
    if (!factor) return null
    const typed = normaliseCode(code)
    const step = typed?.kind === 'totp' ? stepOfCode(factor.secret, typed.code, clockOf(req)) : null
    if (step === null || !(await useStep(req, account.id, step))) {
      refuse(422, 'wrong-code', '验证码不对。请核对手机上现在显示的 6 位数字；如果一直不对，请检查手机的时间是不是自动设置。', 'code')
    }
    await confirmSecret(req, account.id)
    await endSessions(req, { personId: account.id, because: 'second-factor-changed', except: account.signIn?.sid })
    await audit(req, { deed: 'enrol-second-factor', collection: 'users', documentId: account.id, person: account })
    return makeRecoveryCodes(req, account.id)
  })
  return recoveryCodes ? Response.json({ recoveryCodes }) : refuse(409, 'not-begun', '还没有开始绑定，或者已经绑定过了。请刷新页面重新开始。')
}

/** `POST /api/account/second-factor/recovery-codes` `{ code }` → `{ recoveryCodes }`; the earlier ones are void. */
const renew = async (req: PayloadRequest): Promise<Response> => {
  const account = requireSession(req)
  const { code } = await bodyOf(req, codeSchema)
  await checkOwnCode(req, account, code)
  const recoveryCodes = await inTransaction(req, async () => {
    await audit(req, { deed: 'renew-recovery-codes', collection: 'users', documentId: account.id })
    return makeRecoveryCodes(req, account.id)
  })
  return Response.json({ recoveryCodes })
}

/** `POST /api/account/second-factor/remove` `{ password, code }`: to change telephones. Whose duty needs a factor is asked for a new one at once. */
const remove = async (req: PayloadRequest): Promise<Response> => {
  const account = requireSession(req)
  const { password, code } = await bodyOf(req, removeSchema)
  await requireOwnPassword(req, account, password)
  await checkOwnCode(req, account, code)
  await inTransaction(req, async () => {
    await removeSecondFactor(req, account.id)
    await endSessions(req, { personId: account.id, because: 'second-factor-changed', except: account.signIn?.sid })
    await audit(req, { deed: 'remove-second-factor', collection: 'users', documentId: account.id })
  })
  return Response.json({ isRequired: await isFactorRequired(req, account) })
}

const at = (path: string, handler: (req: PayloadRequest) => Promise<Response>): Endpoint => ({ path: `/account/second-factor${path}`, method: 'post', handler: answering(handler) })

export const secondFactorEndpoints: Endpoint[] = [at('', begin), at('/confirm', confirm), at('/recovery-codes', renew), at('/remove', remove)]
