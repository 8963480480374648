import type { PayloadRequest } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { DOCUMENT_KINDS, LETTER_KINDS } from '@cluster/shared/publishing/kinds'
import type { State } from '@cluster/shared/publishing/states'
import { personOf, sitesWith } from '../access/granted-sites.ts'
import { siteTree } from '../access/site-tree-cache.ts'
import { query, sql } from '../database/query.ts'
import type { ReviewedCollection } from '../domains/slugs.ts'
import { selectAuthors } from '../review/authors.ts'
import { loadPoolItems } from './load-pool-items.ts'
import { byUrgency, INBOX_REASONS, type Inbox, type InboxItem, type InboxReason } from './inbox-item.ts'

/** A person does not work through more in a day; the lists of the collections have the rest. */
const LONGEST_LIST = 100

type Row = {
  reason: InboxReason
  collection: ReviewedCollection
  id: number | null
  title: string
  kind: string
  siteId: number
  siteName: string
  state: State
  since: string | null
  dueAt: string | null
  fromName: string | null
  fromUnit: string | null
  note: string | null
  count: number | null
}

/** What waits for the person who asks, across all sites of their duties. Three statements, whatever the number of sites. */
export async function loadInbox(req: PayloadRequest): Promise<Inbox> {
  const person = personOf(req)
  if (!person) return inboxOf([])
  const sites = async (duty: Duty) => arrayOf(await allOrSome(req, await sitesWith(req, [duty])))
  const [editor, first, second, final] = await Promise.all([
    sites('editor'), sites('first-reviewer'), sites('second-reviewer'), sites('final-reviewer')])
  const rows = await query<Row>(req, sql`
    with documents as (
      select 'articles' as collection, id, title, kind::text as kind, site_id, state::text as state, author_id, waiting_since, updated_at, review_due_at,
        null::timestamptz as due_at, true as is_ready from articles
      union all select 'policies', id, title, 'policy', site_id, state::text, author_id, waiting_since, updated_at, review_due_at,
        null, batch_id is null or is_live from policies
      union all select 'letters', id, title, kind::text, site_id, state::text, author_id, coalesce(waiting_since, received_at), updated_at, review_due_at,
        due_at, true from letters
      union all select 'import-batches', id, title, 'batch', site_id, state::text, author_id, waiting_since, updated_at, review_due_at,
        null, coalesce(is_complete, false) from import_batches
      union all select 'layouts', id, title, 'layout', site_id, state::text, author_id, waiting_since, updated_at, review_due_at,
        null, author_id is not null from layouts
    ), signed as (
      select collection, document_id, person_id, link from cluster.sign_offs
      where not exists (select from cluster.voided_sign_offs where sign_off_id = sign_offs.id)
    ), waiting as (
      select documents.*, case
        when state = 'draft' and collection = 'letters' then 'letter'
        when state = 'draft' and collection = 'import-batches' then 'batch'
        when state = 'draft' and last.action = 'return' then 'returned'
        when state = 'draft' then 'draft'
        when state = 'published' then 'review-later'
        else 'review' end as reason, last.action, last.person_name, last.unit, last.reason as note
      from documents
      left join lateral (
        select action, person_name, unit, reason from cluster.transitions
        where transitions.collection = documents.collection and document_id = documents.id order by id desc limit 1
      ) last on true
      where is_ready and (
        (state = 'draft' and site_id = any(${editor}::int[]) and (author_id = ${person.id} or collection in ('letters', 'import-batches')))
        or ((state = 'first-review' and site_id = any(${first}::int[])
          or state = 'second-review' and site_id = any(${second}::int[])
          or state = 'final-review' and site_id = any(${final}::int[])
          or state = 'published' and review_due_at is not null and case (
              select min(rank) from (values (1, 'first-review'), (2, 'second-review'), (3, 'final-review')) as links (rank, link)
              where not exists (select from signed where signed.collection = documents.collection and document_id = documents.id and signed.link = links.link))
            when 1 then site_id = any(${first}::int[]) when 2 then site_id = any(${second}::int[]) when 3 then site_id = any(${final}::int[]) else false end)
          and not exists (
            select from signed join sites on sites.id = documents.site_id
            where signed.collection = documents.collection and document_id = documents.id and person_id = ${person.id}
              and not (link = 'draft' and state = 'first-review' and coalesce(sites.may_drafter_review_first, false)))
          and (${person.id} not in (${selectAuthors({ collection: sql`documents.collection`, id: sql`documents.id`, reviewDueAt: sql`documents.review_due_at` })})
            or state = 'first-review' and exists (select from sites where sites.id = documents.site_id and may_drafter_review_first)))
      )
    )
    select reason, collection, waiting.id, title, kind, site_id as "siteId", sites.name as "siteName", state,
      coalesce(waiting_since, waiting.updated_at) as since, case reason when 'review-later' then review_due_at else due_at end as "dueAt",
      person_name as "fromName", unit as "fromUnit", note, null::int as count
    from waiting join sites on sites.id = site_id
    order by "dueAt" nulls last, since limit ${LONGEST_LIST + 1}`)
  const lacking = await query<Row>(req, sql`
    select 'metadata' as reason, 'policies' as collection, null as id, '' as title, 'policy' as kind, site_id as "siteId", sites.name as "siteName",
      'published' as state, min(policies.updated_at) as since, null as "dueAt", null as "fromName", null as "fromUnit", null as note, count(*)::int as count
    from policies join sites on sites.id = site_id
    where site_id = any(${editor}::int[]) and jsonb_typeof(findings) = 'array' and jsonb_array_length(findings) > 0
      and policies.state <> 'withdrawn'
    group by site_id, sites.name order by count desc limit ${LONGEST_LIST}`)
  const pool = await loadPoolItems(req, { editor, final, limit: LONGEST_LIST + 1 })
  return inboxOf([...rows, ...lacking], pool)
}

function inboxOf(rows: readonly Row[], pool: readonly InboxItem[] = []): Inbox {
  const items = [...rows.map(itemOf), ...pool].sort(byUrgency).slice(0, LONGEST_LIST)
  const counts = Object.fromEntries(Object.keys(INBOX_REASONS).map((reason) =>
    [reason, items.filter((item) => item.reason === reason).length])) as Inbox['counts']
  return { items, counts, isCut: rows.length + pool.length > items.length }
}

function itemOf(row: Row): InboxItem {
  const { reason, collection, id } = row
  const isStep = row.fromName !== null && reason !== 'draft'
  return {
    reason, collection, id,
    title: reason === 'metadata' ? `${row.count} 份政策文件缺少元数据` : row.title,
    kind: kindOf(row),
    site: { id: row.siteId, name: row.siteName },
    state: row.state,
    from: isStep ? { name: row.fromName!, unit: row.fromUnit ?? '' } : null,
    note: reason === 'returned' || reason === 'review-later' ? row.note : null,
    since: isoOf(row.since),
    dueAt: isoOf(row.dueAt),
    href: id === null
      ? `/admin/collections/policies?${new URLSearchParams({ 'where[and][0][findings][exists]': 'true', 'where[and][1][site][equals]': String(row.siteId) })}`
      : `/admin/collections/${collection}/${id}`,
  }
}

function kindOf({ collection, kind }: Row): string {
  if (collection === 'import-batches') return '迁移批次'
  if (collection === 'layouts') return '首页布置'
  const names: Record<string, string> = collection === 'letters' ? LETTER_KINDS : DOCUMENT_KINDS
  return names[kind] ?? DOCUMENT_KINDS.update
}

async function allOrSome(req: PayloadRequest, sites: 'all' | number[]): Promise<number[]> {
  return sites === 'all' ? (await siteTree(req.payload)).map(({ id }) => id) : sites
}

/** A PostgreSQL array literal: one parameter, however many sites. */
const arrayOf = (ids: readonly number[]) => `{${ids.join(',')}}`
const isoOf = (value: string | null) => (value === null ? null : new Date(value).toISOString())
