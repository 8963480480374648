import type { PayloadRequest } from 'payload'
import type { DocumentRecord } from '@cluster/shared/delivery/records'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import type { PoolItem } from '@cluster/shared/publishing/content-pool/placement'
import { DOCUMENT_COLLECTIONS } from '@cluster/shared/publishing/kinds'
import { z } from 'zod'
import { hasDutyOn } from '../../../access/within-granted-sites.ts'
import { query, sql } from '../../../database/query.ts'
import { REVIEWED_TABLES } from '../../slugs.ts'
import { refuse } from '../../people/answer.ts'

/** A document as requests name it. */
export const targetSchema = { collection: z.enum(DOCUMENT_COLLECTIONS), id: z.number().int().positive().max(2 ** 31 - 1) }
export type Target = { collection: (typeof DOCUMENT_COLLECTIONS)[number]; id: number }

export type HeldItem = {
  item: PoolItem
  title: string
  /** What the document says of its own origin; always an original for policies. */
  isRepost: boolean
}

type Row = { siteId: number; slug: string; path: string; title: string; isWithdrawn: boolean }

/**
 * The document as the pool sees it. Its public copy is held until the commit, so that it is not withdrawn under our hands.
 * @throws Refused 404 where there is none, or none that the person could know of
 */
export async function holdItem(req: PayloadRequest, { collection, id }: Target): Promise<HeldItem> {
  const [held] = await query<{ record: DocumentRecord }>(req, sql`
    select record from delivery.records where collection = ${collection} and id = ${id} for share`)
  const [row] = await query<Row>(req, sql`
    select sites.id as "siteId", sites.slug, sites.path, title, exists (
      select from delivery.tombstones where collection = ${collection} and tombstones.id = ${id}) as "isWithdrawn"
    from ${sql.identifier(REVIEWED_TABLES[collection])} as document
    join sites on sites.id = document.site_id where document.id = ${id}`)
  // That it was withdrawn is public; that it is being written is not.
  if (!row || (!held && !row.isWithdrawn && !(await hasDutyOn(req, row.siteId, READING_DUTIES)))) refuse(404, 'not-found', '没有找到这篇内容，可能已被移走。请刷新页面。')
  const record = held?.record ?? null
  return {
    item: {
      collection, id, site: { slug: row.slug, path: row.path }, kind: record?.kind ?? 'update', columnKey: record?.column.key ?? '',
      isPublished: record !== null, placedFrom: null,
    },
    title: record?.content.title ?? row.title ?? '',
    isRepost: record?.collection === 'articles' && record.content.origin.type === 'repost',
  }
}

/** True when the document stands on the site already, its own or placed. */
export async function standsOn(req: PayloadRequest, { collection, id }: Target, site: string): Promise<boolean> {
  const rows = await query(req, sql`select 1 from delivery.listed where collection = ${collection} and id = ${id} and site = ${site}`)
  return rows.length > 0
}
