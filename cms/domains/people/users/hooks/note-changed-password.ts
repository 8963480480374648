import { APIError, type CollectionBeforeChangeHook, type RequestContext } from 'payload'
import { accountOf } from '../../../../access/granted-sites.ts'
import { mayTakeOver } from '../may-take-over.ts'

/** Accounts whose password this request has changed; a request may change many. */
export function changedPasswordsOf(context: RequestContext): Set<number> {
  const known: unknown = context.changedPasswords
  if (known instanceof Set) return known as Set<number>
  const fresh = new Set<number>()
  context.changedPasswords = fresh
  return fresh
}

/**
 * Whoever is given a password by an administrator must change it first, because two people know it; and an administrator gives one only to
 * accounts that hold nothing beyond the administrator's own reach. One's own is changed where the present one is asked for.
 */
export const noteChangedPassword: CollectionBeforeChangeHook = async ({ data, originalDoc, operation, req }) => {
  const account = accountOf(req)
  if (operation === 'create') return account ? { ...data, mustChangePassword: true } : data
  if (typeof data.password !== 'string' || data.password === '') {
    // That two people know a password is not undone by a tick; only by a new password.
    return account && originalDoc.mustChangePassword ? { ...data, mustChangePassword: true } : data
  }
  if (!account) return noted(data)
  const isOwn = account.id === originalDoc.id
  if (isOwn && req.context.isOwnPasswordChange !== true) {
    throw new APIError('自己的密码请在“我的账号”里修改，那里会先核对现在的密码。', 403, { code: 'own-password', path: 'password' }, true)
  }
  if (!isOwn && !(await mayTakeOver(req, originalDoc))) {
    throw new APIError('这个账号还有您管辖范围以外的职责，密码须由上一级安全管理员重设。', 403, { code: 'outside-reach', path: 'password' }, true)
  }
  return noted({ ...data, mustChangePassword: !isOwn })

  function noted(changed: typeof data) {
    changedPasswordsOf(req.context).add(Number(originalDoc.id))
    return changed
  }
}
