import type { Payload } from 'payload'
import { queryApart, sql } from '../database/query.ts'

export type SiteNode = { id: number; slug: string; path: string; mayDrafterReviewFirst: boolean }

/** Other CMS processes change the tree too; they are believed after this long at the latest. */
const MAX_AGE_MS = 5_000

const trees = new WeakMap<Payload, { readAt: number; nodes: Promise<SiteNode[]> }>()

/** All sites of the cluster, cached: access is asked on every request and the tree changes a few times a year. */
export function siteTree(payload: Payload): Promise<SiteNode[]> {
  const cached = trees.get(payload)
  if (cached && performance.now() - cached.readAt < MAX_AGE_MS) return cached.nodes
  const nodes = readTree(payload)
  trees.set(payload, { readAt: performance.now(), nodes })
  nodes.catch(() => trees.delete(payload))
  return nodes
}

/** To be called when a site was written by this process. */
export function forgetSiteTree(payload: Payload): void {
  trees.delete(payload)
}

async function readTree(payload: Payload): Promise<SiteNode[]> {
  return queryApart<SiteNode>(payload, sql`
    select id, slug, path, coalesce(may_drafter_review_first, false) as "mayDrafterReviewFirst" from sites`)
}
