import { createHmac, randomInt } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { RECOVERY_CODE_COUNT } from '@cluster/shared/people/second-factor'
import { query, sql } from '../../../database/query.ts'
import { openText, sealText } from '../../../database/seal-text.ts'
import { env } from '../../../env.ts'

const sealOf = (personId: number) => ({ secret: env().ACCOUNT_KEY, purpose: 'second-factor', owner: String(personId) })

/** True when the account has a second factor that was confirmed. */
export async function hasSecondFactor(req: PayloadRequest, personId: number): Promise<boolean> {
  const rows = await query(req, sql`select 1 from cluster.second_factors where person_id = ${personId} and confirmed_at is not null`)
  return rows.length > 0
}

/** The account's secret with the latest step that was used; null when there is none (or it was sealed with another key). */
export async function readSecret(req: PayloadRequest, personId: number, { isConfirmed }: { isConfirmed: boolean }): Promise<{ secret: string; lastStep: number } | null> {
  const [row] = await query<{ sealed: string; lastStep: number }>(req, sql`
    select sealed_secret as sealed, last_step::float8 as "lastStep" from cluster.second_factors where person_id = ${personId} and (confirmed_at is not null) = ${isConfirmed} for update`)
  const secret = row ? openText(row.sealed, sealOf(personId)) : null
  return row && secret !== null ? { secret, lastStep: row.lastStep } : null
}

/** Keeps a secret that has still to be confirmed; one that was never confirmed is replaced, a confirmed one is not. */
export async function keepUnconfirmedSecret(req: PayloadRequest, personId: number, secret: string): Promise<void> {
  await query(req, sql`
    insert into cluster.second_factors as kept (person_id, sealed_secret) values (${personId}, ${sealText(secret, sealOf(personId))})
    on conflict (person_id) do update set sealed_secret = excluded.sealed_secret, begun_at = now(), last_step = 0 where kept.confirmed_at is null`)
}

/** Notes that the code of a time step was used. @returns false when that or a later one was used before */
export async function useStep(req: PayloadRequest, personId: number, step: number): Promise<boolean> {
  const rows = await query(req, sql`update cluster.second_factors set last_step = ${step} where person_id = ${personId} and last_step < ${step} returning 1`)
  return rows.length > 0
}

/** Makes the secret valid. */
export async function confirmSecret(req: PayloadRequest, personId: number): Promise<void> {
  await query(req, sql`update cluster.second_factors set confirmed_at = now() where person_id = ${personId} and confirmed_at is null`)
}

/** Takes secret and recovery codes away. @returns false when there was nothing */
export async function removeSecondFactor(req: PayloadRequest, personId: number): Promise<boolean> {
  await query(req, sql`delete from cluster.recovery_codes where person_id = ${personId}`)
  return (await query(req, sql`delete from cluster.second_factors where person_id = ${personId} returning 1`)).length > 0
}

/** Without the signs that are taken for one another. Ten of them are fifty bits. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const CODE_LENGTH = 10

/** Keyed: whoever has the database alone can try no codes against it. */
const hashOf = (personId: number, code: string) => createHmac('sha256', env().ACCOUNT_KEY).update(`recovery-code:${personId}:${code}`).digest('hex')

/** Replaces the recovery codes. @returns the new ones, in clear for the only time, in two groups for reading */
export async function makeRecoveryCodes(req: PayloadRequest, personId: number): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, () => Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''))
  await query(req, sql`delete from cluster.recovery_codes where person_id = ${personId}`)
  await query(req, sql`
    insert into cluster.recovery_codes (person_id, hash)
    select ${personId}, jsonb_array_elements_text(${JSON.stringify(codes.map((code) => hashOf(personId, code)))}::jsonb)`)
  return codes.map((code) => `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`)
}

/** Uses up a recovery code. @returns false when there is none such, or no longer */
export async function useRecoveryCode(req: PayloadRequest, personId: number, code: string): Promise<boolean> {
  const rows = await query(req, sql`
    update cluster.recovery_codes set used_at = now() where person_id = ${personId} and hash = ${hashOf(personId, code)} and used_at is null returning 1`)
  return rows.length > 0
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(req: PayloadRequest, personId: number): Promise<number> {
  const [row] = await query<{ count: number }>(req, sql`select count(*)::int as count from cluster.recovery_codes where person_id = ${personId} and used_at is null`)
  return row?.count ?? 0
}
