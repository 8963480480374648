import { type CollectionBeforeChangeHook, type PayloadRequest, ValidationError } from 'payload'
import { type Issue, refusal } from '@cluster/shared/issue'
import { REMEMBERED_PASSWORDS } from '@cluster/shared/people/password-policy'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { query, sql } from '../../../database/query.ts'
import { personalWords } from './personal-words.ts'
import { isPassword, type KeptPassword } from './verify-password.ts'

/** Whoever sets a password, by whatever way: it is judged, compared with the account's earlier ones, and the one that it replaces is remembered. */
export const refuseUnsuitablePassword: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  const password: unknown = data.password
  if (typeof password !== 'string' || password === '') return data
  // The dictionaries are loaded by the first who changes a password; most processes never do.
  const { judgePassword } = await import('@cluster/shared/people/password-policy')
  const account = { ...originalDoc, ...data }
  const issues = judgePassword(password, personalWords({ name: account.name, unit: account.unit, email: account.email, siteName: await siteName(req, relationId(account.site)) }))
  if (operation === 'update' && issues.length === 0) issues.push(...await refuseEarlier(req, Number(originalDoc.id), password))
  if (issues.length > 0) {
    throw new ValidationError({ collection: 'users', errors: issues.map(({ message, code }) => ({ message, path: 'password', code })), req }, req.t)
  }
  return data
}

async function refuseEarlier(req: PayloadRequest, personId: number, password: string): Promise<Issue[]> {
  const [current] = await query<KeptPassword>(req, sql`select salt, hash from users where id = ${personId} and hash is not null for update`)
  const earlier = await query<KeptPassword>(req, sql`
    select salt, hash from cluster.replaced_passwords where person_id = ${personId} order by id desc limit ${REMEMBERED_PASSWORDS - 1}`)
  const matches = await Promise.all([...(current ? [current] : []), ...earlier].map((kept) => isPassword(password, kept)))
  if (matches.includes(true)) {
    return [refusal('password-used-before', `这个密码最近用过。请换一个和最近 ${REMEMBERED_PASSWORDS} 次都不同的密码。`, 'password')]
  }
  if (current) await query(req, sql`insert into cluster.replaced_passwords (person_id, salt, hash) values (${personId}, ${current.salt}, ${current.hash})`)
  return []
}

async function siteName(req: PayloadRequest, id: number | null): Promise<string | undefined> {
  const [site] = id === null ? [] : await query<{ name: string }>(req, sql`select name from sites where id = ${id}`)
  return site?.name
}
