import type { PayloadRequest } from 'payload'
import { query, sql } from '../database/query.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'
import type { HeldRow } from './rows.ts'

type Statement = ReturnType<typeof sql>

/**
 * Selects the persons who wrote the text of this round: everyone who saved it since three persons last reviewed it whole. What an emergency
 * order published counts only when its reviews are complete, which is when the document has no deadline for them any more.
 */
export const selectAuthors = ({ collection, id, reviewDueAt }: { collection: Statement; id: Statement; reviewDueAt: Statement }): Statement => sql`
  select person_id from cluster.versions
  where versions.collection = ${collection} and versions.document_id = ${id} and not is_refused and person_id is not null
    and versions.at > coalesce((
      select max(transitions.at) from cluster.transitions
      where transitions.collection = ${collection} and transitions.document_id = ${id} and to_state = 'published' and from_state <> 'published'
        and (action <> 'publish-now' or ${reviewDueAt} is null)), '-infinity')`

/** Who wrote the text that is reviewed now, the one who saved it last among them. */
export async function authorsOf(req: PayloadRequest, { collection, id }: { collection: ReviewedCollection; id: number }, row: HeldRow): Promise<number[]> {
  const found = await query<{ personId: number }>(req, sql`
    select distinct person_id as "personId" from (${selectAuthors({
      collection: sql`${collection}`, id: sql`${id}`, reviewDueAt: sql`${row.reviewDueAt}::timestamptz` })}) as written`)
  return [...new Set([...found.map(({ personId }) => personId), ...(row.authorId === null ? [] : [row.authorId])])]
}
