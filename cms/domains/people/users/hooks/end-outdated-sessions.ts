import type { CollectionAfterChangeHook } from 'payload'
import { changedGrants } from '../../../../audit/describe-change.ts'
import { accountOf } from '../../../../access/granted-sites.ts'
import { endSessions } from '../../sessions/end-sessions.ts'
import { changedPasswordsOf } from './note-changed-password.ts'

/** A new password or other duties end what was opened with the old ones, in the same transaction; the session that does the changing of one's own stays. */
export const endOutdatedSessions: CollectionAfterChangeHook = async ({ doc, operation, previousDoc, req }) => {
  if (operation !== 'update') return doc
  const personId = Number(doc.id)
  const own = accountOf(req)
  const except = own?.id === personId ? own.signIn?.sid : undefined
  const { given, taken } = changedGrants(previousDoc?.grants, doc.grants)
  if (changedPasswordsOf(req.context).has(personId)) await endSessions(req, { personId, because: 'password-changed', except })
  else if (given.length + taken.length > 0) await endSessions(req, { personId, because: 'duties-changed', except })
  return doc
}
