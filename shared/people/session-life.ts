/** Twelve hours outlast any working day; then the password is asked again, whatever was done in between. */
export const SESSION_LIFE_SECONDS = 12 * 3600
/** Minutes without a deed after which a session ends, where the security administrator has said nothing. */
export const DEFAULT_IDLE_MINUTES = 30
/** Below, people would write their passwords on the screen; above, an open desk would be an open door. */
export const IDLE_MINUTES_BOUNDS = { min: 5, max: 120 } as const

export type SessionFacts = { openedAt: Date; lastSeenAt: Date; endedAt: Date | null }

/** The instant at which the session ends by itself when nothing more is done. */
export function sessionDeadline({ openedAt, lastSeenAt }: Omit<SessionFacts, 'endedAt'>, idleMinutes: number): Date {
  return new Date(Math.min(lastSeenAt.getTime() + idleMinutes * 60_000, openedAt.getTime() + SESSION_LIFE_SECONDS * 1000))
}

/** True while the session opens doors: it was not ended, is not too old and was used lately. */
export function isSessionAlive(session: SessionFacts, idleMinutes: number, now: Date): boolean {
  return session.endedAt === null && now < sessionDeadline(session, idleMinutes)
}

/** True for minutes that the security administrator may choose. */
export function isIdleMinutes(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= IDLE_MINUTES_BOUNDS.min && minutes <= IDLE_MINUTES_BOUNDS.max
}
