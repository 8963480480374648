import type { PayloadRequest } from 'payload'
import { adoptIssues, columnFor } from '@cluster/shared/publishing/content-pool/placement'
import { reachIssues } from '@cluster/shared/publishing/content-pool/reach'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { place } from '../../../delivery/placements/place.ts'
import { type Acting, actFor, insist } from './acting.ts'
import { type HeldItem, holdItem, standsOn, type Target, targetSchema } from './pool-item.ts'

export const adoptSchema = z.object({ ...targetSchema, site: z.string().min(1).max(60) })

/**
 * Takes over what a sibling or a superior has published.
 * @throws Refused with everything that stands against it
 */
export async function adopt(req: PayloadRequest, { site: to, ...target }: z.output<typeof adoptSchema>): Promise<{ columnKey: string }> {
  return inTransaction(req, async () => {
    const acting = await actFor(req, to, 'editor')
    const held = await holdItem(req, target)
    const from = acting.sites.find(({ slug }) => slug === held.item.site.slug)
    insist(from ? reachIssues(acting.site, from) : [])
    const { columnKey, tags } = await takeOver(req, { acting, held, way: 'pool' })
    // An offer of it that still stood open, or had been declined, is answered by this.
    await query(req, sql`
      update cluster.push_targets set state = 'adopted', reason = null, decided_at = ${acting.now}, decided_by = ${acting.person.name} from cluster.pushes
      where pushes.id = push_id and push_targets.site = ${to} and push_targets.state in ('open', 'declined')
        and collection = ${target.collection} and document_id = ${target.id} and taken_back_at is null`)
    await audit(req, { deed: 'adopt', collection: target.collection, documentId: target.id, site: to, detail: { from: held.item.site.slug } })
    await announce(req, tags)
    return { columnKey }
  })
}

/**
 * The placement itself, whatever led to it, with a row that says who chose it. Auditing and announcing are left to the deed.
 * @throws Refused with everything that stands against it
 */
export async function takeOver(
  req: PayloadRequest, { acting: { site, person, now }, held: { item }, way }: { acting: Acting; held: HeldItem; way: 'offer' | 'pool' | 'submission' },
): Promise<{ columnKey: string; tags: string[] }> {
  const target: Target = { collection: item.collection, id: item.id }
  // Two people at once: the second waits here, and is told that it is there already.
  await query(req, sql`select pg_advisory_xact_lock(hashtext(${`${site.slug} ${target.collection}/${target.id}`}))`)
  insist(adoptIssues({ item, to: site, isThereAlready: item.site.slug !== site.slug && await standsOn(req, target, site.slug) }))
  const columnKey = columnFor(item, site.columns)!.key
  const tags = await place(req, target, { mode: way === 'offer' ? 'offered' : 'adopted', places: [{ site: site.slug, columnKey }], now })
  await query(req, sql`
    insert into cluster.adoptions (collection, document_id, site, way, adopted_at, person_id, person_name, unit)
    values (${target.collection}, ${target.id}, ${site.slug}, ${way}, ${now}, ${person.id}, ${person.name}, ${person.unit})
    on conflict (collection, document_id, site) where dropped_at is null do nothing`)
  return { columnKey, tags }
}
