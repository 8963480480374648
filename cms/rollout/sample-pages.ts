import { z } from 'zod'
import {
  columnPath, directoryPath, documentPath, homePath, letterFormPath, letterStatusPath, searchPath, siteMapPath,
} from '@cluster/shared/delivery/addresses'
import { PAGE_KINDS, type PageKind } from '@cluster/shared/delivery/page-models'
import { type SiteRecord, siteRecordSchema } from '@cluster/shared/delivery/records'
import { arrangeHome } from '@cluster/shared/governance/templates/choices'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import type { HomeBlock } from '@cluster/shared/governance/templates/parts'
import { collectionSchema } from '@cluster/shared/delivery/records'
import type { Asker } from '../audit/rows.ts'

/** A word that stands on every site's pages, so that the page of results has results. */
const SEARCHED = '机构编制'
/** No document, column or page of ours will ever be called so. */
const NOWHERE = '/no-such-page-for-the-gates/'

export type Sample = {
  record: SiteRecord
  /** One real address of each kind of page. */
  pages: Array<{ kind: PageKind; path: string }>
  /** Kinds of which the site has no page; they are not looked at, and told. */
  absent: PageKind[]
  /** What there is for the home page to show. */
  filled: ReadonlySet<HomeBlock>
}

const foundSchema = z.object({
  record: siteRecordSchema,
  newest: z.array(z.object({ collection: collectionSchema, id: z.number().int() })),
  gone: z.object({ collection: collectionSchema, id: z.number().int() }).nullable(),
  columns: z.array(z.string()),
  hasLetters: z.boolean(), hasBelow: z.boolean(), hasNeighbours: z.boolean(),
})

/** The newest page of each kind that the site has, from its public copy; null where there is no such site. */
export async function samplePages(asker: Asker, site: string): Promise<Sample | null> {
  const { rows: [row] } = await asker.query(`
    select sites.record,
      coalesce((select jsonb_agg(newest) from (values ('articles'), ('policies'), ('letters')) as wanted (collection), lateral (
        select records.collection, id from delivery.records where records.collection = wanted.collection and site = slug
        order by published_at desc, id desc limit 1) newest), '[]') as newest,
      (select jsonb_build_object('collection', collection, 'id', id) from delivery.tombstones where site = slug order by withdrawn_at desc limit 1) as gone,
      array(select listed.key from jsonb_to_recordset(sites.record->'columns') as listed (key text)
        where exists (select from delivery.listed here where here.site = slug and here.column_key = listed.key)) as columns,
      exists (select from delivery.letter_status where site = slug) as "hasLetters",
      exists (select from delivery.sites lower where starts_with(lower.path, sites.path) and lower.slug <> sites.slug
        and exists (select from delivery.records where site = lower.slug)) as "hasBelow",
      exists (select from delivery.sites other where other.slug <> sites.slug and case sites.record->>'level'
        when 'county' then other.record->>'parent' = sites.record->>'parent' else other.record->>'parent' = sites.slug end) as "hasNeighbours"
    from delivery.sites where slug = $1`, [site])
  if (!row) return null
  const found = foundSchema.parse(row)
  const paths = pathsOf(found)
  return {
    record: found.record,
    pages: PAGE_KINDS.flatMap((kind) => { const path = paths[kind]; return path === undefined ? [] : [{ kind, path }] }),
    absent: PAGE_KINDS.filter((kind) => paths[kind] === undefined),
    filled: filledBlocks(found),
  }
}

type Found = z.infer<typeof foundSchema>

function pathsOf({ record, newest, gone, columns }: Found): Partial<Record<PageKind, string>> {
  const document = (collection: string) => {
    const target = newest.find((each) => each.collection === collection)
    return target && documentPath(target)
  }
  const column = columns[0] ?? record.columns[0]?.key
  return {
    home: homePath(),
    column: column === undefined ? undefined : columnPath(column),
    article: document('articles'), policy: document('policies'), letter: document('letters'),
    search: `${searchPath()}?q=${encodeURIComponent(SEARCHED)}`,
    directory: directoryPath(), 'site-map': siteMapPath(), 'letter-form': letterFormPath(), 'letter-status': letterStatusPath(),
    gone: gone ? documentPath(gone) : undefined,
    'not-found': NOWHERE,
    // Drawn as a fault of ours would draw it, at an address that works.
    error: homePath(),
  }
}

function filledBlocks({ record, columns, hasLetters, hasBelow, hasNeighbours }: Found): Set<HomeBlock> {
  const has: Array<[HomeBlock, boolean]> = [
    ['hero', true],
    ...(['updates', 'notices', 'policies', 'frontier', 'approvals', 'institutions', 'disclosure'] as const).map((key): [HomeBlock, boolean] => [key, columns.includes(key)]),
    ['local', record.columns.some(({ key, isMandated }) => !isMandated && columns.includes(key))],
    ['links', record.choices.links.length > 0],
    ['letters', hasLetters || columns.includes('interaction')],
    ['subtree', hasBelow], ['sites', hasNeighbours],
  ]
  return new Set(has.filter(([, isFilled]) => isFilled).map(([block]) => block))
}

/** The blocks that the home page has to show under the release, from top to bottom; what has nothing to show is left out. */
export const expectedBlocks = (manifest: Manifest, { record, filled }: Sample): HomeBlock[] =>
  arrangeHome(manifest, record.choices).filter((block) => filled.has(block))
