import type { PayloadRequest } from 'payload'
import { refusal } from '@cluster/shared/issue'
import { columnFor, pushIssues } from '@cluster/shared/publishing/content-pool/placement'
import { z } from 'zod'
import { audit } from '../../../audit/record.ts'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { announce } from '../../../delivery/announce.ts'
import { place } from '../../../delivery/placements/place.ts'
import { actFor, insist } from './acting.ts'
import { holdItem, targetSchema } from './pool-item.ts'

/** More sites than any subtree has. */
const MOST_TARGETS = 500

export const pushSchema = z.object({
  ...targetSchema, site: z.string().min(1).max(60), mode: z.enum(['mandatory', 'offered']),
  targets: z.array(z.string().min(1).max(60)).max(MOST_TARGETS).transform((slugs) => [...new Set(slugs)]),
})

export type PushOutcome = {
  push: number
  /** Sites on which it stands now by this push. */
  placed: number
  /** Sites whose editors are asked. */
  offered: number
  /** Sites that show it already and are not asked again. */
  already: number
}

/**
 * Pushes a published text of the office's own to sites below, to all of them or none: mandatory ones show it from this commit on, the
 * editors of the others are asked.
 * @throws Refused with everything that stands against it
 */
export async function push(req: PayloadRequest, { site: from, mode, targets: slugs, ...target }: z.output<typeof pushSchema>): Promise<PushOutcome> {
  return inTransaction(req, async () => {
    const { site, sites, person, now } = await actFor(req, from, 'final-reviewer')
    const { item, title } = await holdItem(req, target)
    const targets = sites.filter(({ slug }) => slugs.includes(slug))
    insist([
      ...pushIssues({ item, mode, from: site, mayPublishThere: true, targets }),
      ...targets.length < slugs.length ? [refusal('unknown-target', '选中的站点里有的已不存在。请刷新页面后重选。', 'targets')] : [],
    ])
    const standing = new Set((await query<{ site: string }>(req, sql`
      select site from delivery.placements where collection = ${target.collection} and id = ${target.id}`)).map(({ site: slug }) => slug))
    const reached = mode === 'mandatory' ? targets : targets.filter(({ slug }) => !standing.has(slug))
    insist(reached.length > 0 ? [] : [refusal('there-already', '选中的站点都已经显示这篇内容，不用再推送。', 'targets')])
    const [row] = await query<{ id: number }>(req, sql`
      insert into cluster.pushes (collection, document_id, title, site, mode, pushed_at, person_id, person_name, unit)
      values (${target.collection}, ${target.id}, ${title}, ${site.slug}, ${mode}, ${now}, ${person.id}, ${person.name}, ${person.unit}) returning id`)
    await query(req, sql`
      insert into cluster.push_targets (push_id, site, state)
      select ${row!.id}, slug, ${mode === 'mandatory' ? 'placed' : 'open'} from unnest(${sql.param(reached.map(({ slug }) => slug))}::text[]) as slug`)
    const places = mode === 'mandatory' ? reached.map(({ slug, columns }) => ({ site: slug, columnKey: columnFor(item, columns)!.key })) : []
    const tags = await place(req, target, { mode: 'mandatory', places, now })
    await audit(req, {
      deed: 'push', collection: target.collection, documentId: target.id, site: site.slug, detail: { mode, push: row!.id, sites: reached.length } })
    if (tags.length > 0) await announce(req, tags)
    return { push: row!.id, placed: places.length, offered: reached.length - places.length, already: targets.length - reached.length }
  })
}
