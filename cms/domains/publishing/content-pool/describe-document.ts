import type { PayloadRequest } from 'payload'
import { columnFor, type PlacementMode } from '@cluster/shared/publishing/content-pool/placement'
import { isWithin } from '@cluster/shared/governance/site-tree'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { hasDutyOn } from '../../../access/within-granted-sites.ts'
import { query, sql } from '../../../database/query.ts'
import { refuse } from '../../people/answer.ts'
import { holdItem, type Target } from './pool-item.ts'
import { type PoolSite, poolSites } from './pool-sites.ts'

/** A site below, as the dialog of a push offers it. */
export type PushTarget = Pick<PoolSite, 'slug' | 'name' | 'level' | 'parent'> & {
  /** Name of the column that it would stand in; null where the site has none for it. */
  column: string | null
  /** How it stands there already. */
  mode: PlacementMode | null
}
export type PoolDocument = {
  site: { slug: string; name: string }
  mayPush: boolean
  /** The site above, where the person may submit the text. */
  superior: { slug: string; name: string } | null
  submission: { state: 'waiting' | 'accepted' | 'returned'; reason: string | null } | null
  /** Sites that show it beside the one that wrote it. */
  shownOn: number
  targets: PushTarget[]
}

/**
 * What the content pool has to say of a document on its own edit page, and what the person may do with it there.
 * @throws Refused 404 where the person may not read its working copy
 */
export async function describeDocument(req: PayloadRequest, target: Target): Promise<PoolDocument> {
  const { item, isRepost } = await holdItem(req, target)
  const sites = await poolSites(req)
  const site = sites.find(({ slug }) => slug === item.site.slug)
  if (!site || !(await hasDutyOn(req, site.id, READING_DUTIES))) refuse(404, 'not-found', '没有找到这篇内容。')
  const [isFinal, isEditor, placements, [submission]] = await Promise.all([
    hasDutyOn(req, site.id, ['final-reviewer']), hasDutyOn(req, site.id, ['editor']),
    query<{ site: string; mode: PlacementMode }>(req, sql`select site, mode from delivery.placements where collection = ${target.collection} and id = ${target.id}`),
    query<NonNullable<PoolDocument['submission']>>(req, sql`
      select state, reason from cluster.submissions where collection = ${target.collection} and document_id = ${target.id} and to_site = ${site.parent ?? ''}
      order by id desc limit 1`),
  ])
  const isShareable = item.isPublished && item.collection !== 'letters'
  const superior = sites.find(({ slug }) => slug === site.parent)
  const mayPush = isShareable && isFinal && site.level !== 'county'
  return {
    site: { slug: site.slug, name: site.name }, mayPush,
    superior: superior && isShareable && isEditor && !isRepost ? { slug: superior.slug, name: superior.name } : null,
    submission: submission ?? null, shownOn: placements.length,
    targets: mayPush ? sites.filter(({ slug, path }) => slug !== site.slug && isWithin(path, site.path)).map(({ slug, name, level, parent, columns }) => ({
      slug, name, level, parent, column: columnFor(item, columns)?.name ?? null, mode: placements.find((each) => each.site === slug)?.mode ?? null,
    })) : [],
  }
}
