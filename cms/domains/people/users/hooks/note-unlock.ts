import type { CollectionAfterOperationHook } from 'payload'
import { audit } from '../../../../audit/record.ts'
import { query, sql } from '../../../../database/query.ts'

/** That an account was opened again before its time is a deed of the security administrator's. */
export const noteUnlock: CollectionAfterOperationHook<'users'> = async ({ args, operation, req, result }) => {
  // Payload names this operation at run time and not in its types.
  if ((operation as string) !== 'unlock' || !req) return result
  const { data } = args as { data?: { email?: unknown } }
  const [account] = await query<{ id: number }>(req, sql`select id from users where email = ${String(data?.email ?? '').toLowerCase().trim()}`)
  if (account) await audit(req, { deed: 'unlock', collection: 'users', documentId: account.id })
  return result
}
