import type { PayloadRequest } from 'payload'
import type { SignOff, SignOffLink } from '@cluster/shared/publishing/states'
import { query, sql } from '../database/query.ts'
import { personOf } from '../access/granted-sites.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'

type Target = { collection: ReviewedCollection; id: number }

/** The sign-offs that stand, in the order in which they were given. */
export async function standingSignOffs(req: PayloadRequest, { collection, id }: Target): Promise<SignOff[]> {
  const rows = await query<SignOff>(req, sql`
    select link, person_id as "personId", person_name as name, unit, at, digest, is_emergency as "isEmergency"
    from cluster.sign_offs where collection = ${collection} and document_id = ${id}
      and not exists (select from cluster.voided_sign_offs where sign_off_id = sign_offs.id)
    order by sign_offs.id`)
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

export async function writeSignOff(
  req: PayloadRequest, { collection, id, version, signOff, reason }: Target & { version: number; signOff: SignOff; reason?: string | undefined },
): Promise<void> {
  await query(req, sql`
    insert into cluster.sign_offs (collection, document_id, version, link, person_id, person_name, unit, digest, at, is_emergency, reason)
    values (${collection}, ${id}, ${version}, ${signOff.link}, ${signOff.personId}, ${signOff.name}, ${signOff.unit}, ${signOff.digest},
      ${signOff.at}, ${signOff.isEmergency ?? false}, ${reason ?? null})`)
}

/** A voided sign-off stays in the record, with what voided it. */
export async function voidSignOffs(
  req: PayloadRequest, { collection, id, which, cause, now }: Target & { which: 'all' | SignOffLink; cause: string; now: string },
): Promise<void> {
  await query(req, sql`
    insert into cluster.voided_sign_offs (sign_off_id, at, cause, person_id)
    select id, ${now}, ${cause}, ${personOf(req)?.id ?? null} from cluster.sign_offs
    where collection = ${collection} and document_id = ${id} and (${which} = 'all' or link = ${which})
      and not exists (select from cluster.voided_sign_offs where sign_off_id = sign_offs.id)`)
}
