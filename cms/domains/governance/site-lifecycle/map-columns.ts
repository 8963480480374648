import type { PayloadRequest } from 'payload'
import { isPermitted } from '@cluster/shared/issue'
import { type ColumnChoice, mapColumns } from '@cluster/shared/governance/site-lifecycle/merging'
import { navigationTag } from '@cluster/shared/delivery/tags'
import { query, sql } from '../../../database/query.ts'
import { storeSiteRecord } from '../../../delivery/project-site.ts'
import { Refused } from '../../people/answer.ts'
import { columnFacts } from './check-list.ts'
import type { ChangeDetails, ChangeSite } from './store.ts'

type Ends = { from: ChangeSite; into: ChangeSite }

/**
 * Notes where each column's texts go, and makes the columns that the other site is to have as well.
 * @throws Refused 422 where a choice is missing or does not fit
 */
export async function chooseColumns(req: PayloadRequest, { from, into }: Ends, choices: readonly ColumnChoice[]): Promise<{ facts: ChangeDetails; tags: string[] }> {
  const { issues, keys, made } = mapColumns(await columnFacts(req, from.id), await columnFacts(req, into.id), choices)
  if (!isPermitted(issues)) throw new Refused(422, issues)
  const names = made.map(({ key }) => key)
  if (names.length === 0) return { facts: { columns: keys, made: [] }, tags: [] }
  await query(req, sql`
    insert into columns (site_id, key, name, kind, description, "order", is_mandated)
    select ${into.id}, key, name, kind, description, "order", false from columns where site_id = ${from.id} and key = any (${sql.param(names)}::text[])`)
  await storeSiteRecord(req, into.id)
  return { facts: { columns: keys, made: names }, tags: [navigationTag(into.slug)] }
}

/** Takes the columns away again in which nobody keeps anything. The caller has made sure of that. */
export async function unchooseColumns(req: PayloadRequest, { into }: Ends, { made = [] }: ChangeDetails): Promise<string[]> {
  if (made.length === 0) return []
  await query(req, sql`delete from columns where site_id = ${into.id} and not coalesce(is_mandated, false) and key = any (${sql.param(made)}::text[])`)
  await storeSiteRecord(req, into.id)
  return [navigationTag(into.slug)]
}
