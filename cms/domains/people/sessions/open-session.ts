import { randomUUID } from 'node:crypto'
import { getFieldsToSign, jwtSign, type PayloadRequest } from 'payload'
import { SESSION_LIFE_SECONDS } from '@cluster/shared/people/session-life'
import { query, sql } from '../../../database/query.ts'
import type { User } from '../../../payload-types.ts'

/** Where a request came from, as its owner would know it again. */
export type Origin = { address: string | null; device: string | null }

/**
 * Opens a session in the request's transaction. @returns its name, and the token that the browser keeps
 * The token lives as long as a session can; whether the session still does is asked of the database at each request.
 */
export async function openSession(req: PayloadRequest, user: Pick<User, 'id' | 'email'>, { address, device }: Origin): Promise<{ sid: string; token: string }> {
  const sid = randomUUID()
  await query(req, sql`delete from users_sessions where _parent_id = ${user.id} and expires_at < now()`)
  // Payload's own list: without a row there its strategy knows no session. Written alone, not with the whole account as it was read before.
  await query(req, sql`
    insert into users_sessions (_order, _parent_id, id, created_at, expires_at)
    select coalesce(max(_order), 0) + 1, ${user.id}, ${sid}, now(), now() + make_interval(secs => ${SESSION_LIFE_SECONDS}) from users_sessions where _parent_id = ${user.id}`)
  await query(req, sql`insert into cluster.sessions (id, person_id, address, device) values (${sid}, ${user.id}, ${address}, ${device})`)
  const { config } = req.payload.collections.users
  const fieldsToSign = getFieldsToSign({ collectionConfig: config, email: user.email, sid, user: { ...user, collection: 'users' } as User & { collection: 'users' } })
  const { token } = await jwtSign({ fieldsToSign, secret: req.payload.secret, tokenExpiration: SESSION_LIFE_SECONDS })
  return { sid, token }
}
