import type { Payload } from 'payload'
import { queryBefore, sql } from '../../../database/query.ts'

/** Wrong passwords or codes in a row that close an account. */
export const MAX_ATTEMPTS = 5
/** For how long: a program gets twenty tries in an hour, a person goes for tea. */
export const LOCK_MINUTES = 15

/**
 * Takes one of the account's attempts before anything is compared, so that many requests at once get no more of them than one after the
 * other. The last one closes the account already; whoever is right opens it again. @returns false while the account is closed
 */
export async function takeAttempt(payload: Payload, personId: number): Promise<boolean> {
  const taken = await queryBefore<{ id: number }>(payload, sql`
    with counted as (
      select id, case when lock_until <= now() then 1 else coalesce(login_attempts, 0)::int + 1 end as attempts
      from users where id = ${personId} and (lock_until is null or lock_until <= now()) for update
    )
    update users set login_attempts = counted.attempts,
      lock_until = case when counted.attempts >= ${MAX_ATTEMPTS} then now() + make_interval(mins => ${LOCK_MINUTES}) end
    from counted where users.id = counted.id returning users.id`)
  return taken.length > 0
}

/** Gives an attempt back that was no wrong one: the password was right and the code has still to be typed. */
export async function giveBackAttempt(payload: Payload, personId: number): Promise<void> {
  await queryBefore(payload, sql`update users set login_attempts = greatest(coalesce(login_attempts, 0) - 1, 0), lock_until = null where id = ${personId}`)
}
