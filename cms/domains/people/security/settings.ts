import type { Payload, PayloadRequest } from 'payload'
import { type Duty, EXCLUSIVE_DUTIES } from '@cluster/shared/governance/duties'
import { DEFAULT_IDLE_MINUTES } from '@cluster/shared/people/session-life'
import { query, queryBefore, sql } from '../../../database/query.ts'
import { env } from '../../../env.ts'

/** What the security administrator has decided for the whole cluster. */
export type SecuritySettings = { idleMinutes: number; secondFactorDuties: readonly Duty[] }

/**
 * What holds until the security administrator says otherwise: whoever governs the cluster needs a second factor. The demo shows itself to
 * people who have no telephone at hand, and asks nobody.
 */
export function defaultSettings(): SecuritySettings {
  return { idleMinutes: DEFAULT_IDLE_MINUTES, secondFactorDuties: env().CLUSTER_MODE === 'demo' ? [] : EXCLUSIVE_DUTIES }
}

/** The settings in force. */
export async function readSettings(payload: Payload): Promise<SecuritySettings> {
  const [row] = await queryBefore<SecuritySettings>(payload, sql`
    select idle_minutes as "idleMinutes", second_factor_duties as "secondFactorDuties" from cluster.security_settings order by id desc limit 1`)
  return row ?? defaultSettings()
}

/** Keeps new settings beside the old ones, in the request's transaction. */
export async function keepSettings(req: PayloadRequest, personId: number, { idleMinutes, secondFactorDuties }: SecuritySettings): Promise<void> {
  await query(req, sql`
    insert into cluster.security_settings (person_id, idle_minutes, second_factor_duties)
    select ${personId}, ${idleMinutes}, array(select jsonb_array_elements_text(${JSON.stringify(secondFactorDuties)}::jsonb))`)
}
