import type { PayloadRequest } from 'payload'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'
import { UNLISTED_STATES } from '@cluster/shared/governance/site-lifecycle/standing'
import { sitesWith } from '../access/granted-sites.ts'
import { query, sql } from '../database/query.ts'

export type StaleColumn = {
  site: string
  column: string
  /** Whole days since the last publication; null: nothing was ever published. */
  days: number | null
  limit: number
}
export type Overview = {
  /** Sites that the person may read, by name; the list is cut, the count is not. */
  sites: string[]
  siteCount: number
  publishedThisWeek: number
  /** Columns that are past their limit or within a few days of it, the worst first. */
  stale: StaleColumn[]
  staleCount: number
}

const DAY_MS = 86_400_000
/** A column is named this many days before the national inspection would call it stale: time to write something. */
const WARNING_DAYS = 4
const SHOWN = 12

/** How the person's sites are doing: what was published, and which columns go stale. */
export async function loadOverview(req: PayloadRequest, now: Date): Promise<Overview> {
  const granted = await sitesWith(req, READING_DUTIES)
  const isAll = granted === 'all'
  const ids = `{${isAll ? '' : granted.join(',')}}`
  const limits = MANDATED_COLUMNS.flatMap(({ key, name, freshnessDays }) => (freshnessDays === null ? [] : [{ key, name, days: freshnessDays }]))
  const [sites, [week], columns] = await Promise.all([
    query<{ name: string }>(req, sql`select name from sites where ${isAll} or id = any(${ids}::int[]) order by path`),
    query<{ count: number }>(req, sql`
      select count(*)::int as count from delivery.records join sites on sites.slug = records.site
      where (${isAll} or sites.id = any(${ids}::int[])) and records.published_at > ${new Date(now.getTime() - 7 * DAY_MS).toISOString()}`),
    query<{ site: string; column: string; limit: number; last: string | null }>(req, sql`
      select sites.name as site, limits.name as "column", limits.days as "limit", (
        select max(published_at) from delivery.records where records.site = sites.slug and column_key = limits.key) as last
      from sites cross join jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) as limits (key text, name text, days int)
      where (${isAll} or sites.id = any(${ids}::int[])) and not exists (select from cluster.site_standings
        where site_id = sites.id and standing->>'state' = any (${sql.param([...UNLISTED_STATES])}::text[]))`),
  ])
  const stale = columns
    .map(({ last, ...column }): StaleColumn => ({ ...column, days: last === null ? null : Math.floor((now.getTime() - Date.parse(last)) / DAY_MS) }))
    .filter(({ days, limit }) => days === null || days > limit - WARNING_DAYS)
    .sort((one, other) => overrun(other) - overrun(one))
  return {
    sites: sites.slice(0, SHOWN).map(({ name }) => name), siteCount: sites.length,
    publishedThisWeek: week?.count ?? 0, stale: stale.slice(0, SHOWN), staleCount: stale.length,
  }
}

const overrun = ({ days, limit }: StaleColumn) => (days ?? 10 * limit) - limit
