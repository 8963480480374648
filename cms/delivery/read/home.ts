import type { HomeAnswer } from '@cluster/shared/delivery/api'
import type { Entry } from '@cluster/shared/delivery/records'
import { UNLISTED_STATES } from '@cluster/shared/governance/site-lifecycle/standing'
import type { ReadDatabase } from './database.ts'
import { readLetterFigures } from './letter-figures.ts'

const PER_COLUMN = 8
/** Sites that readers are not shown: their addresses lead elsewhere, or nowhere yet. */
const UNLISTED = UNLISTED_STATES.map((state) => `'${state}'`).join(', ')
const POLICIES = 6
const INTERPRETATIONS = 3
const FROM_BELOW = 8
/** Policy documents are shown with what explains them, in a block of their own. */
const POLICY_COLUMN = 'policies'

/** What is new on a site and below it, as its home page shows it; `null` when there is no such site. */
export async function readHome(database: ReadDatabase, site: string): Promise<HomeAnswer | null> {
  const [columns, policies, below, letters] = await Promise.all([
    readColumns(database, site), readPolicies(database, site), readBelow(database, site), readLetterFigures(database, site),
  ])
  if (!below) return null
  return { columns, policies, letters, documents: { own: below.own, subtree: below.below }, subtree: below.entries }
}

async function readColumns(database: ReadDatabase, site: string): Promise<HomeAnswer['columns']> {
  const rows = await database.rows<{ key: string; entries: Entry[] }>(`
    select key, jsonb_agg(newest.entry order by newest.published_at desc, newest.id desc) as entries
    from delivery.sites, jsonb_to_recordset(sites.record->'columns') as columns(key text), lateral (
      select entry, published_at, id from delivery.listed
      where site = sites.slug and column_key = columns.key order by published_at desc, id desc limit ${PER_COLUMN}
    ) as newest
    where slug = $1 and key <> '${POLICY_COLUMN}' group by key`, [site])
  return Object.fromEntries(rows.map(({ key, entries }) => [key, entries]))
}

async function readPolicies(database: ReadDatabase, site: string): Promise<HomeAnswer['policies']> {
  const rows = await database.rows<{ entry: Entry; interpretations: Entry[] }>(`
    select policy.entry, array(
      select explaining.entry from delivery.links
      join delivery.records explaining on explaining.collection = from_collection and explaining.id = from_id
      where to_collection = policy.collection and to_id = policy.id and relation = 'interprets'
      order by explaining.published_at desc, explaining.id desc limit ${INTERPRETATIONS}
    ) as interpretations
    from (
      select collection, id, entry, published_at from delivery.listed
      where site = $1 and column_key = '${POLICY_COLUMN}' order by published_at desc, id desc limit ${POLICIES}
    ) as policy order by policy.published_at desc, policy.id desc`, [site])
  return rows.map(({ entry, interpretations }) => ({ ...entry, interpretations }))
}

/**
 * What the sites below wrote themselves: a text that was pushed to all of them would fill the list. Per site only the newest are looked
 * at, by index: the cluster may hold a million documents.
 */
async function readBelow(database: ReadDatabase, site: string): Promise<{ own: number; below: number; entries: Entry[] } | null> {
  const [row] = await database.rows<{ own: number; below: number; entries: Entry[] }>(`
    with here as (select slug, path from delivery.sites where slug = $1),
      lower as (select sites.slug from delivery.sites, here where starts_with(sites.path, here.path) and sites.slug <> here.slug
        and coalesce(sites.record->'standing'->>'state', '') not in (${UNLISTED}))
    select
      (select count(*)::integer from delivery.records where site = here.slug) as own,
      (select count(*)::integer from delivery.records where site in (select slug from lower)) as below,
      array(
        select newest.entry from lower, lateral (
          select entry, published_at, id from delivery.records where site = lower.slug order by published_at desc, id desc limit ${FROM_BELOW}
        ) as newest order by newest.published_at desc, newest.id desc limit ${FROM_BELOW}
      ) as entries
    from here`, [site])
  return row ?? null
}
