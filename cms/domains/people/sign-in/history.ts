import { type Payload, type PayloadRequest } from 'payload'
import { describeDevice } from '@cluster/shared/people/device'
import { addressOf } from '../../../audit/address-of.ts'
import { query, queryApart, sql } from '../../../database/query.ts'
import type { Origin } from '../sessions/open-session.ts'

/** Why a sign-in was refused, as its owner and the security administrator read it. */
export const SIGN_IN_REASONS = {
  'unknown-account': '没有这个账号', 'wrong-password': '密码不对', locked: '账号锁定中', 'wrong-code': '动态验证码不对或已用过',
} as const
export type SignInReason = keyof typeof SIGN_IN_REASONS

export const FACTORS = { totp: '动态验证码', recovery: '恢复码' } as const

/** Where a request comes from. */
export const originOf = (req: PayloadRequest): Origin => ({ address: addressOf(req), device: describeDevice(req.headers?.get('user-agent')) })

type Entry = { personId: number | null; secondFactor?: keyof typeof FACTORS | null } & Origin

/** Notes a sign-in that succeeded, in the request's transaction. */
export async function noteSignIn(req: PayloadRequest, { personId, secondFactor = null, address, device }: Entry): Promise<void> {
  await query(req, sql`insert into cluster.sign_ins (person_id, is_refused, second_factor, address, device) values (${personId}, false, ${secondFactor}, ${address}, ${device})`)
}

/** Notes a refused one on a connection of its own: nothing of the request is kept otherwise. */
export async function noteRefusedSignIn(payload: Payload, reason: SignInReason, { personId, address, device }: Entry): Promise<void> {
  await queryApart(payload, sql`insert into cluster.sign_ins (person_id, is_refused, reason, address, device) values (${personId}, true, ${reason}, ${address}, ${device})`)
}

export type SignInEntry = { id: number; at: string; isRefused: boolean; reason: string | null; secondFactor: string | null; address: string | null; device: string | null }
export type SignInQuery = { personIds?: readonly number[] | 'all'; isRefused?: boolean | undefined; before?: number | undefined; limit: number }

/** Sign-ins, the latest first; `before` continues a list where it stopped. */
export async function readSignIns(req: PayloadRequest, { personIds = 'all', isRefused, before, limit }: SignInQuery): Promise<Array<SignInEntry & { personId: number | null; name: string | null; email: string | null }>> {
  return query(req, sql`
    select sign_ins.id::int, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, is_refused as "isRefused", reason, second_factor as "secondFactor", address, device,
      person_id as "personId", users.name, users.email
    from cluster.sign_ins left join users on users.id = person_id
    where (${personIds === 'all'} or person_id in (select jsonb_array_elements_text(${JSON.stringify(personIds === 'all' ? [] : personIds)}::jsonb)::int))
      and (${isRefused ?? null}::boolean is null or is_refused = ${isRefused ?? null}) and (${before ?? null}::bigint is null or sign_ins.id < ${before ?? null})
    order by sign_ins.id desc limit ${limit}`)
}
