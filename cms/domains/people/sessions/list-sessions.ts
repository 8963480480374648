import type { PayloadRequest } from 'payload'
import { SESSION_LIFE_SECONDS } from '@cluster/shared/people/session-life'
import { query, sql } from '../../../database/query.ts'
import { readSettings } from '../security/settings.ts'

export type SessionEntry = { id: string; openedAt: string; lastSeenAt: string; address: string | null; device: string | null; isThis: boolean }

/** The sessions of a person that still open doors, the latest used first. */
export async function listSessions(req: PayloadRequest, personId: number, current?: string): Promise<SessionEntry[]> {
  const { idleMinutes } = await readSettings(req.payload)
  return query<SessionEntry>(req, sql`
    select id, to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "openedAt", to_char(last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastSeenAt",
      address, device, id = ${current ?? ''} as "isThis"
    from cluster.sessions
    where person_id = ${personId} and ended_at is null and last_seen_at > now() - make_interval(mins => ${idleMinutes}) and opened_at > now() - make_interval(secs => ${SESSION_LIFE_SECONDS})
    order by last_seen_at desc, id`)
}
