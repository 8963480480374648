import type { Payload } from 'payload'
import { type SessionFacts } from '@cluster/shared/people/session-life'
import { queryBefore, sql } from '../../../database/query.ts'
import { defaultSettings, type SecuritySettings } from '../security/settings.ts'

type Row = { openedAt: number; lastSeenAt: number; endedAt: number | null; now: number; hasSecondFactor: boolean; idleMinutes: number | null; secondFactorDuties: SecuritySettings['secondFactorDuties'] | null }
/** Everything that decides about a request of a session, read in one statement. `now` is the database's clock: all processes share it. */
export type KnownSession = SessionFacts & { now: Date; hasSecondFactor: boolean; settings: SecuritySettings }

/** The session of a person; null when there is none of this name. */
export async function readSession(payload: Payload, sid: string, personId: number): Promise<KnownSession | null> {
  const [row] = await queryBefore<Row>(payload, sql`
    select extract(epoch from opened_at)::float8 * 1000 as "openedAt", extract(epoch from last_seen_at)::float8 * 1000 as "lastSeenAt",
      extract(epoch from ended_at)::float8 * 1000 as "endedAt", extract(epoch from clock_timestamp())::float8 * 1000 as now,
      factors.confirmed_at is not null as "hasSecondFactor", settings.idle_minutes as "idleMinutes", settings.second_factor_duties as "secondFactorDuties"
    from cluster.sessions
    left join cluster.second_factors factors on factors.person_id = sessions.person_id
    left join lateral (select * from cluster.security_settings order by id desc limit 1) settings on true
    where sessions.id = ${sid} and sessions.person_id = ${personId}`)
  if (!row) return null
  return {
    openedAt: new Date(row.openedAt), lastSeenAt: new Date(row.lastSeenAt), endedAt: row.endedAt === null ? null : new Date(row.endedAt), now: new Date(row.now),
    hasSecondFactor: row.hasSecondFactor,
    settings: row.idleMinutes === null || row.secondFactorDuties === null ? defaultSettings() : { idleMinutes: row.idleMinutes, secondFactorDuties: row.secondFactorDuties },
  }
}

/** A session's last use need not be known to the second; a write for each request would be one too many. */
const TOUCH_AFTER_MS = 60_000

/** Notes that the session is in use. */
export async function touchSession(payload: Payload, sid: string, { lastSeenAt, now }: Pick<KnownSession, 'lastSeenAt' | 'now'>): Promise<void> {
  if (now.getTime() - lastSeenAt.getTime() < TOUCH_AFTER_MS) return
  await queryBefore(payload, sql`update cluster.sessions set last_seen_at = greatest(last_seen_at, now()) where id = ${sid} and ended_at is null`)
}
