import type { PayloadRequest } from 'payload'
import { DOCUMENT_KINDS, type DocumentCollection, type DocumentKind } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../database/query.ts'
import type { InboxItem } from './inbox-item.ts'

type Row = {
  reason: 'offer' | 'submission' | 'corrected' | 'original-withdrawn'
  collection: DocumentCollection
  id: number
  title: string
  kind: DocumentKind | null
  siteId: number
  siteName: string
  since: string
  fromName: string
  fromUnit: string
  parts: string[]
  note: string
}

/** The tab of the page 内容共享 on which each is dealt with. */
const TABS: Record<Row['reason'], string> = { offer: 'received', submission: 'below', corrected: 'received', 'original-withdrawn': 'received' }

/**
 * What waits in the content pool: offers and changed originals for the editors of a site, submissions for those who review last.
 * @param editor ids of the sites as a PostgreSQL array literal, and `final` likewise
 */
export async function loadPoolItems(req: PayloadRequest, { editor, final, limit }: { editor: string; final: string; limit: number }): Promise<InboxItem[]> {
  const rows = await query<Row>(req, sql`
    with waiting as (
      select 'offer' as reason, pushes.collection, pushes.document_id as id, pushes.title, push_targets.site, pushed_at as since, person_name, unit, '{}'::text[] as parts, '' as note
      from cluster.push_targets join cluster.pushes on pushes.id = push_id join sites on sites.slug = push_targets.site
      where push_targets.state = 'open' and sites.id = any (${editor}::int[])
      union all
      select case change when 'corrected' then 'corrected' else 'original-withdrawn' end, collection, document_id, title, site, at, person_name, unit, parts, reason
      from cluster.pool_notices join sites on sites.slug = site where seen_at is null and sites.id = any (${editor}::int[])
      union all
      select 'submission', collection, document_id, title, to_site, submitted_at, person_name, unit, '{}', ''
      from cluster.submissions join sites on sites.slug = to_site where submissions.state = 'waiting' and sites.id = any (${final}::int[])
    )
    select waiting.reason, waiting.collection, waiting.id, waiting.title, records.kind, sites.id as "siteId", sites.name as "siteName", since,
      person_name as "fromName", unit as "fromUnit", parts, note
    from waiting join sites on sites.slug = waiting.site left join delivery.records on records.collection = waiting.collection and records.id = waiting.id
    order by since limit ${limit}`)
  return rows.map((row): InboxItem => ({
    reason: row.reason, collection: row.collection, id: row.id, title: row.title, kind: row.kind ? DOCUMENT_KINDS[row.kind] : '内容',
    site: { id: row.siteId, name: row.siteName }, state: 'published', from: { name: row.fromName, unit: row.fromUnit },
    note: [row.parts.length > 0 ? `改了${row.parts.join('、')}` : '', row.note].filter(Boolean).join('：') || null,
    since: new Date(row.since).toISOString(), dueAt: null, href: `/admin/content-pool?tab=${TABS[row.reason]}`,
  }))
}
