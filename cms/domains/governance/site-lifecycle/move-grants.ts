import type { PayloadRequest } from 'payload'
import { EXCLUSIVE_DUTIES } from '@cluster/shared/governance/duties'
import { audit } from '../../../audit/record.ts'
import { query, sql } from '../../../database/query.ts'
import type { ChangeSite } from './store.ts'

type Ends = { change: number; from: ChangeSite; into: ChangeSite }
type Grant = { id: string; person: number; duty: string }

/**
 * Gives the chosen people at the other site the duties that they have on the one that ends. Duties of administrators who keep one another in
 * check stay: those the security administrator gives. What somebody has there already is not given twice.
 * @returns how many duties went
 */
export async function moveGrants(req: PayloadRequest, { change, from, into }: Ends, people: readonly number[]): Promise<number> {
  const moved = await query<Grant>(req, sql`
    with moving as (select id from users_grants one where site_id = ${from.id} and _parent_id = any (${sql.param([...people])}::int[])
        and duty::text <> all (${sql.param([...EXCLUSIVE_DUTIES])}::text[])
        and not exists (select from users_grants other where other._parent_id = one._parent_id and other.duty = one.duty and other.site_id = ${into.id})),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, 'grant', id, '{}' from moving)
    update users_grants set site_id = ${into.id} where id in (select id from moving) returning id, _parent_id as person, duty::text as duty`)
  await query(req, sql`
    with moving as (select id from users where site_id = ${from.id} and id = any (${sql.param([...people])}::int[])),
      noted as (insert into cluster.site_change_moves (change_id, kind, id, before) select ${change}, 'account', id::text, '{}' from moving)
    update users set site_id = ${into.id} where id in (select id from moving)`)
  await record(req, moved, { taken: from.slug, given: into.slug })
  return moved.length
}

/** Gives them back. */
export async function returnGrants(req: PayloadRequest, { change, from, into }: Ends): Promise<number> {
  const noted = (kind: string) => sql`select id from cluster.site_change_moves where change_id = ${change} and kind = ${kind}`
  const moved = await query<Grant>(req, sql`
    update users_grants set site_id = ${from.id} where id in (${noted('grant')}) and site_id = ${into.id} returning id, _parent_id as person, duty::text as duty`)
  await query(req, sql`update users set site_id = ${from.id} where id::text in (${noted('account')}) and site_id = ${into.id}`)
  await query(req, sql`delete from cluster.site_change_moves where change_id = ${change} and kind in ('grant', 'account')`)
  await record(req, moved, { taken: into.slug, given: from.slug })
  return moved.length
}

async function record(req: PayloadRequest, moved: readonly Grant[], { taken, given }: { taken: string; given: string }): Promise<void> {
  for (const { person, duty } of moved) {
    await audit(req, { deed: 'change-duties', collection: 'users', documentId: person, site: given, detail: { duty, taken, given } })
  }
}
