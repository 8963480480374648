import type { PayloadRequest } from 'payload'
import { type Issue, finding, refusal } from '@cluster/shared/issue'
import { columnsToMap, type ColumnFact } from '@cluster/shared/governance/site-lifecycle/merging'
import { openingIssues } from '@cluster/shared/governance/site-lifecycle/opening'
import { nextStep } from '@cluster/shared/governance/site-lifecycle/steps'
import { today } from '../../../access/granted-sites.ts'
import { query, sql } from '../../../database/query.ts'
import { clockOf } from '../../../review/clock.ts'
import { allManifests } from '../rollouts/manifest-named.ts'
import { type ChangeSite, changesOf, readSites, type SiteChange } from './store.ts'

/** What there is on a site, for whoever decides what becomes of it. */
export type Counts = {
  documents: Array<{ column: string; state: string; count: number }>
  inReview: number
  scheduled: number
  laterReviews: number
  openLetters: number
  batches: number
  /** Texts of other sites that stand here, offers that wait, own texts that stand elsewhere. */
  placed: number
  offers: number
  elsewhere: number
  people: Array<{ id: number; name: string; unit: string; duties: string[] }>
}

export async function countSite(req: PayloadRequest, { id, slug }: Pick<ChangeSite, 'id' | 'slug'>): Promise<Counts> {
  const [row] = await query<Omit<Counts, 'documents' | 'people'>>(req, sql`
    with texts as (
      select state::text as state, review_due_at from articles where site_id = ${id} union all select state::text, review_due_at from policies where site_id = ${id}
      union all select state::text, review_due_at from letters where site_id = ${id} union all select state::text, review_due_at from layouts where site_id = ${id}
      union all select state::text, review_due_at from import_batches where site_id = ${id})
    select (select count(*) from texts where state in ('first-review', 'second-review', 'final-review'))::int as "inReview",
      (select count(*) from texts where state = 'scheduled')::int as scheduled,
      (select count(*) from texts where state = 'published' and review_due_at is not null)::int as "laterReviews",
      (select count(*) from letters where site_id = ${id} and state not in ('published', 'withdrawn'))::int as "openLetters",
      (select count(*) from import_batches where site_id = ${id} and state = 'published' and released < documents)::int as batches,
      (select count(*) from delivery.placements where site = ${slug})::int as placed,
      (select count(*) from cluster.push_targets where site = ${slug} and state = 'open')::int as offers,
      (select count(*) from delivery.placements join delivery.records using (collection, id) where records.site = ${slug})::int as elsewhere`)
  const documents = await query<Counts['documents'][number]>(req, sql`
    select coalesce(columns.name, '未选栏目') as column, state, count(*)::int as count from (
      select column_id, state::text as state from articles where site_id = ${id} union all select column_id, state::text from policies where site_id = ${id}
      union all select (select id from columns where site_id = ${id} and key = 'interaction'), state::text from letters where site_id = ${id}) texts
      left join columns on columns.id = column_id
    group by 1, 2, columns."order" order by columns."order" nulls last, 1, 2`)
  const people = await query<Counts['people'][number]>(req, sql`
    select users.id, users.name, users.unit, array_agg(duty::text order by duty) as duties
    from users_grants join users on users.id = _parent_id where users_grants.site_id = ${id} group by users.id order by users.name, users.id`)
  return { ...row!, documents, people }
}

export function columnFacts(req: PayloadRequest, siteId: number): Promise<ColumnFact[]> {
  return query<ColumnFact>(req, sql`
    select key, name, kind::text as kind, coalesce(is_mandated, false) as "isMandated" from columns where site_id = ${siteId} order by "order", id`)
}

/** What stands against the next step of a procedure, and against taking the last one back. Warnings are shown and block nothing. */
export async function readinessOf(req: PayloadRequest, change: SiteChange): Promise<{ againstNext: Issue[]; againstUndo: Issue[] }> {
  const sites = await readSites(req)
  const site = sites.find(({ slug }) => slug === change.site)
  const step = nextStep(change.kind, change.done)?.name
  if (change.kind === 'open') {
    if (!site) return { againstNext: openingIssues(change.facts.opening!, sites, allManifests().map(({ id }) => id)), againstUndo: [] }
    return { againstNext: await publishIssues(req, site), againstUndo: await inUse(req, site) }
  }
  if (!site) return { againstNext: [refusal('site-missing', '没有找到这个站点。')], againstUndo: [] }
  const againstNext = step === 'freeze' ? [...await endIssues(req, change, sites), ...await restIssues(req, site)]
    : step === 'move' ? await restIssues(req, site)
      : step === 'columns' ? await unmapped(req, change, sites)
        : step === 'notice' ? dayIssues(change, clockOf(req), 'notice')
          : step === 'finish' && change.kind === 'close' ? dayIssues(change, clockOf(req), 'finish') : []
  return { againstNext, againstUndo: await madeInUse(req, change, sites) }
}

async function publishIssues(req: PayloadRequest, site: ChangeSite): Promise<Issue[]> {
  const { people } = await countSite(req, site)
  return people.some(({ duties }) => duties.includes('site-admin')) ? []
    : [refusal('administrator-missing', '站点还没有站点管理员。请安全管理员在“账号”中为首位管理员开户，并授予本站点的“站点管理员”。')]
}

async function inUse(req: PayloadRequest, site: ChangeSite): Promise<Issue[]> {
  const [row] = await query<{ used: boolean }>(req, sql`
    select exists (select from articles where site_id = ${site.id}) or exists (select from policies where site_id = ${site.id}) or exists (select from letters where site_id = ${site.id})
      or exists (select from media where site_id = ${site.id}) or exists (select from import_batches where site_id = ${site.id}) or exists (select from users where site_id = ${site.id})
      or exists (select from users_grants where site_id = ${site.id}) or exists (select from sites below where below.parent_id = ${site.id})
      or exists (select from layouts where site_id = ${site.id} and version > 1) or exists (select from columns where site_id = ${site.id} and not coalesce(is_mandated, false))
      or exists (select from delivery.placements where site = ${site.slug}) or exists (select from cluster.push_targets where site = ${site.slug}) as used`)
  return row!.used ? [refusal('site-in-use', '站点里已有稿件、账号、自设栏目或下级站点，不能拆除。可以继续开通；以后不用了，按“关闭站点”办理。')] : []
}

/** Whether the site may end at all, and the other take over. */
async function endIssues(req: PayloadRequest, change: SiteChange, sites: readonly ChangeSite[]): Promise<Issue[]> {
  const site = sites.find(({ slug }) => slug === change.site)!
  const issues: Issue[] = []
  const below = sites.filter((each) => each.parent === site.slug && each.standing?.state !== 'moved' && each.standing?.state !== 'closed')
  if (below.length > 0) issues.push(refusal('sites-below', `它下面还有 ${below.length} 个站点（${below.slice(0, 3).map(({ name }) => name).join('、')}${below.length > 3 ? '等' : ''}），请先合并或关闭它们。`))
  const others = (await changesOf(req, site.slug)).filter(({ id }) => id !== change.id)
  if (others.length > 0) issues.push(refusal('busy-site', '这个站点还有另一件开设、合并或关闭没有办完，请先办完或取消。'))
  if (change.kind === 'merge') {
    const target = sites.find(({ slug }) => slug === change.target)
    if (!target || target.standing || target.isFrozen) issues.push(refusal('target-unfit', '接收站点没有正常开通，或者正在合并、关闭。请另选一个。', 'target'))
    if (target) issues.push(...await doubledSources(req, site, target))
  }
  return issues
}

async function doubledSources(req: PayloadRequest, from: ChangeSite, into: ChangeSite): Promise<Issue[]> {
  const [row] = await query<{ count: number }>(req, sql`
    select count(*)::int as count from policies one join policies other on other.source_id = one.source_id and other.site_id = ${into.id} where one.site_id = ${from.id}`)
  return row!.count === 0 ? [] : [refusal('sources-doubled', `两个站点有 ${row!.count} 篇政策文件来自同一条原始记录，不能放在一个站点。请先撤下其中一份并清除来源编号，或联系技术人员。`)]
}

/** Whatever is under way is finished before anything rests: people's signatures are for the site that they signed on. */
async function restIssues(req: PayloadRequest, site: ChangeSite): Promise<Issue[]> {
  const { inReview, scheduled, laterReviews, batches, openLetters } = await countSite(req, site)
  return [
    ...(inReview > 0 ? [refusal('in-review', `还有 ${inReview} 件在审核中。请先办结，或退回修改。`)] : []),
    ...(scheduled > 0 ? [refusal('scheduled', `还有 ${scheduled} 件定时发布。请等它发布，或取消定时。`)] : []),
    ...(laterReviews > 0 ? [refusal('later-review', `还有 ${laterReviews} 件紧急发布的稿件没有补审。请先补审。`)] : []),
    ...(batches > 0 ? [refusal('batch-releasing', `还有 ${batches} 个迁移批次没有发布完。请等它结束。`)] : []),
    ...(openLetters > 0 ? [finding('letters-open', `还有 ${openLetters} 件留言没有答复完：合并时随站点移交，办理期限不变；关闭时请先答复。`)] : []),
  ]
}

async function unmapped(req: PayloadRequest, change: SiteChange, sites: readonly ChangeSite[]): Promise<Issue[]> {
  const [from, into] = [change.site, change.target].map((slug) => sites.find((site) => site.slug === slug)!)
  const open = columnsToMap(await columnFacts(req, from!.id), await columnFacts(req, into!.id))
  return open.map(({ name }) => finding('column-to-map', `自设栏目“${name}”在接收站点没有，请选择归入哪个栏目。`))
}

/** Columns that were made for the merger go again only while nobody keeps anything in them. */
async function madeInUse(req: PayloadRequest, change: SiteChange, sites: readonly ChangeSite[]): Promise<Issue[]> {
  const made = change.facts.made ?? []
  if (change.kind !== 'merge' || change.done !== 2 || made.length === 0) return []
  const into = sites.find(({ slug }) => slug === change.target)!
  const used = await query<{ name: string }>(req, sql`
    select name from columns where site_id = ${into.id} and key = any (${sql.param(made)}::text[]) and (exists (select from articles where column_id = columns.id)
      or exists (select from policies where column_id = columns.id) or exists (select from delivery.placements where site = ${into.slug} and column_key = columns.key))`)
  return used.length === 0 ? [] : [refusal('column-in-use', `接收站点已经在新栏目“${used.map(({ name }) => name).join('、')}”里放了内容，不能去掉它。请先把内容移到其他栏目。`)]
}

/** A notice that ends today tells nobody anything; and nothing closes before the day that the public was told. */
function dayIssues({ facts: { closing } }: SiteChange, now: Date, step: 'notice' | 'finish'): Issue[] {
  const isOver = closing !== undefined && closing.until <= today(now)
  if (step === 'notice') return isOver ? [refusal('day-past', '公告写明的日期已经过了。请取消办理，重新填写日期。', 'until')] : []
  return isOver ? [] : [refusal('too-early', `公告写明开放到 ${closing?.until ?? ''}，在那以前不能关闭。`)]
}
