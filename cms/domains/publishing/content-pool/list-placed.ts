import type { PayloadRequest } from 'payload'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { isLocked, type PlacementMode } from '@cluster/shared/publishing/content-pool/placement'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { grantedOf, slugsOf } from './granted.ts'
import { poolSites } from './pool-sites.ts'

export type PlacedItem = {
  collection: DocumentCollection
  id: number
  title: string
  /** Slug of the office that wrote it, and of the site that shows it. */
  origin: string
  site: string
  columnKey: string
  mode: PlacementMode
  /** Only the office that wrote it may take it away. */
  isLocked: boolean
  /** True where the person may take it off the site. */
  mayDrop: boolean
  placedAt: string
}

const LONGEST_LIST = 200

/** What others wrote and the person's sites show, what came last first. */
export async function listPlaced(req: PayloadRequest): Promise<PlacedItem[]> {
  const all = await poolSites(req)
  const [readable, editable] = await Promise.all([grantedOf(req, all, READING_DUTIES), grantedOf(req, all, ['editor'])])
  const rows = await query<Omit<PlacedItem, 'isLocked' | 'mayDrop'>>(req, sql`
    select collection, id, records.title, records.site as origin, placements.site, placements.column_key as "columnKey", mode, placed_at as "placedAt"
    from delivery.placements join delivery.records using (collection, id)
    where placements.site = any (${slugsOf(readable)}::text[]) order by placed_at desc, id desc limit ${LONGEST_LIST}`)
  return rows.map((row) => ({
    ...row, placedAt: new Date(row.placedAt).toISOString(), isLocked: isLocked(row.mode),
    mayDrop: !isLocked(row.mode) && editable.some(({ slug }) => slug === row.site),
  }))
}
