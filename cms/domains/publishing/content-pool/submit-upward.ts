import type { PayloadRequest } from 'payload'
import { submitIssues } from '@cluster/shared/publishing/content-pool/submission'
import { refusal } from '@cluster/shared/issue'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { actFor, insist } from './acting.ts'
import { holdItem, targetSchema } from './pool-item.ts'

export const submitSchema = z.object({ ...targetSchema, site: z.string().min(1).max(60) })

/**
 * Submits a published text of the office's own to the site above.
 * @throws Refused with everything that stands against it
 */
export async function submitUpward(req: PayloadRequest, { site: from, ...target }: z.output<typeof submitSchema>): Promise<{ submission: number; to: string }> {
  return inTransaction(req, async () => {
    const { site, sites, person, now } = await actFor(req, from, 'editor')
    const { item, title, isRepost } = await holdItem(req, target)
    await query(req, sql`select pg_advisory_xact_lock(hashtext(${`submission ${target.collection}/${target.id}`}))`)
    const [earlier] = await query<{ isWaiting: boolean; isAccepted: boolean }>(req, sql`
      select coalesce(bool_or(state = 'waiting'), false) as "isWaiting", coalesce(bool_or(state = 'accepted'), false) as "isAccepted"
      from cluster.submissions where collection = ${target.collection} and document_id = ${target.id} and to_site = ${site.parent ?? ''}`)
    insist([
      ...submitIssues({
        parent: site.parent, to: site.parent ?? '', isPublished: item.isPublished, isOriginal: !isRepost && item.site.slug === site.slug,
        isWaiting: earlier?.isWaiting ?? false, isAccepted: earlier?.isAccepted ?? false,
      }),
      ...item.collection === 'letters' ? [refusal('letters-stay', '留言答复只属于收信的单位，不能报送。')] : [],
    ])
    const superior = sites.find(({ slug }) => slug === site.parent)!
    const [row] = await query<{ id: number }>(req, sql`
      insert into cluster.submissions (collection, document_id, title, from_site, to_site, to_level, state, submitted_at, person_id, person_name, unit)
      values (${target.collection}, ${target.id}, ${title}, ${site.slug}, ${superior.slug}, ${superior.level}, 'waiting', ${now},
        ${person.id}, ${person.name}, ${person.unit}) returning id`)
    await audit(req, { deed: 'submit-upward', collection: target.collection, documentId: target.id, site: site.slug, detail: { to: superior.slug, submission: row!.id } })
    return { submission: row!.id, to: superior.slug }
  })
}
