import type { PayloadRequest } from 'payload'
import { query, sql } from '../../../database/query.ts'

/** Why a session ended, as the person reads it. */
export const END_REASONS = {
  'signed-out': '已退出', 'by-owner': '本人结束', 'by-administrator': '安全管理员结束', 'password-changed': '修改了密码', 'duties-changed': '职责有变动',
  'second-factor-changed': '动态验证码有变动', restored: '系统从备份恢复',
} as const
export type EndReason = keyof typeof END_REASONS

type Which = { personId: number; because: EndReason; only?: string | undefined; except?: string | undefined }

/**
 * Ends sessions of a person in the request's transaction; their next request is a stranger's.
 * @param only this session alone; @param except all but this one
 * @returns how many were open
 */
export async function endSessions(req: PayloadRequest, { personId, because, only, except }: Which): Promise<number> {
  const which = sql`person_id = ${personId}
    and (${only ?? null}::text is null or id = ${only ?? null}) and (${except ?? null}::text is null or id <> ${except ?? null})`
  const ended = await query<{ id: string }>(req, sql`
    update cluster.sessions set ended_at = now(), ended_because = ${because} where ${which} and ended_at is null returning id`)
  await query(req, sql`delete from users_sessions where id in (select id from cluster.sessions where ${which} and ended_at is not null)`)
  return ended.length
}
