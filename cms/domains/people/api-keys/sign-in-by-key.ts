import { createHash, randomBytes } from 'node:crypto'
import type { AuthStrategyFunctionArgs } from 'payload'
import { isOpenToKey, KEY_PREFIX, type KeyOperation } from '@cluster/shared/people/api-key-scope'
import type { SignedInUser } from '../../../access/granted-sites.ts'
import { siteTree } from '../../../access/site-tree-cache.ts'
import { queryBefore, sql } from '../../../database/query.ts'

/** 256 bits: nobody guesses one, so that a plain hash of it is enough. */
const KEY_BYTES = 32

/** A fresh key, in clear for the only time, and what is kept of it. */
export function makeKey(): { key: string; beginning: string; hash: string } {
  const key = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url')
  return { key, beginning: key.slice(0, KEY_PREFIX.length + 4), hash: hashOf(key) }
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

/** The key that a request shows; null when it shows none. */
export function presentedKey(headers: Headers): string | null {
  const [scheme, value] = (headers.get('authorization') ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && value?.startsWith(KEY_PREFIX) ? value : null
}

type KeyRow = { id: number; personId: number; operations: KeyOperation[]; siteIds: number[]; columnIds: number[] }

/** The account that made the key, narrowed to what the key is for; null when the key or the address does not fit. */
export async function signInByKey({ headers, payload, req }: AuthStrategyFunctionArgs): Promise<(SignedInUser & { collection: 'users' }) | null> {
  const shown = presentedKey(headers)
  // Pages of the admin are for people.
  if (shown === null || !req?.pathname) return null
  const [key] = await queryBefore<KeyRow>(payload, sql`
    select id::int, person_id as "personId", operations, site_ids as "siteIds", column_ids as "columnIds"
    from cluster.api_keys where hash = ${hashOf(shown)} and revoked_at is null and expires_at > now()`)
  if (!key || !isOpenToKey(req.method ?? 'GET', req.pathname, key.operations)) return null
  const account = await payload.findByID({ collection: 'users', id: key.personId, depth: 0, overrideAccess: true, disableErrors: true })
  // A key of somebody whose password others know opens nothing until it was changed.
  if (!account || account.mustChangePassword) return null
  await queryBefore(payload, sql`
    update cluster.api_keys set last_used_at = now() where id = ${key.id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`)
  const sitePaths = (await siteTree(payload)).filter(({ id }) => key.siteIds.includes(id)).map(({ path }) => path)
  const { id, operations, columnIds } = key
  return Object.assign(account, { collection: 'users' as const, _strategy: 'api-key', signIn: { step: null, key: { id, operations, columnIds, sitePaths } } })
}

