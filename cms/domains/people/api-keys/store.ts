import type { PayloadRequest } from 'payload'
import type { KeyOperation } from '@cluster/shared/people/api-key-scope'
import { query, sql } from '../../../database/query.ts'

/** A key as its maker and the security administrator see it; the key itself nobody sees again. */
export type KeyEntry = {
  id: number; personId: number; maker: string; name: string; beginning: string; operations: KeyOperation[]; siteIds: number[]; columnIds: number[]
  madeAt: string; expiresAt: string; lastUsedAt: string | null; revokedAt: string | null; isValid: boolean
}
export type NewKey = { personId: number; name: string; beginning: string; hash: string; operations: readonly KeyOperation[]; siteIds: readonly number[]; columnIds: readonly number[]; days: number }

const array = (values: readonly unknown[], type: 'text' | 'integer') => type === 'text'
  ? sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`
  : sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::integer)`

/** Keeps what has to be known of a new key, in the request's transaction. @returns its number */
export async function keepKey(req: PayloadRequest, { personId, name, beginning, hash, operations, siteIds, columnIds, days }: NewKey): Promise<number> {
  const [row] = await query<{ id: number }>(req, sql`
    insert into cluster.api_keys (person_id, name, beginning, hash, operations, site_ids, column_ids, expires_at)
    values (${personId}, ${name}, ${beginning}, ${hash}, ${array(operations, 'text')}, ${array(siteIds, 'integer')}, ${array(columnIds, 'integer')}, now() + make_interval(days => ${days}))
    returning id::int`)
  return row!.id
}

const utc = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** The keys that one person made, or those of all accounts on the sites; the latest first. */
export async function readKeys(req: PayloadRequest, of: { personId: number } | { reach: 'all' | readonly number[] }): Promise<KeyEntry[]> {
  const personId = 'personId' in of ? of.personId : null
  const reach = 'reach' in of && of.reach !== 'all' ? of.reach : null
  return query<KeyEntry>(req, sql`
    select keys.id::int, person_id as "personId", users.name as maker, keys.name, beginning, operations, site_ids as "siteIds", column_ids as "columnIds",
      ${utc('made_at')} as "madeAt", ${utc('expires_at')} as "expiresAt", ${utc('last_used_at')} as "lastUsedAt", ${utc('revoked_at')} as "revokedAt",
      revoked_at is null and expires_at > now() as "isValid"
    from cluster.api_keys keys join users on users.id = person_id
    where (${personId}::int is null or person_id = ${personId})
      and (${reach === null} or users.site_id in (select jsonb_array_elements_text(${JSON.stringify(reach ?? [])}::jsonb)::int))
    order by keys.id desc limit 200`)
}

/** Makes a key void for good. @returns false when it was no longer valid */
export async function revokeKey(req: PayloadRequest, id: number, by: number): Promise<boolean> {
  return (await query(req, sql`update cluster.api_keys set revoked_at = now(), revoked_by = ${by} where id = ${id} and revoked_at is null returning 1`)).length > 0
}
