import type { PayloadRequest } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'
import type { Column, Site } from '../payload-types.ts'

/** Where a document stands: its site, and its column when it has one yet. */
export type Place = { site: Site; column: Column | null }

export async function placeOf(req: PayloadRequest, document: { site: unknown; column?: unknown }): Promise<Place> {
  const site = await req.payload.findByID({ collection: 'sites', id: relationId(document.site)!, depth: 0, req, overrideAccess: true })
  const columnId = relationId(document.column)
  const column = columnId === null ? null
    : await req.payload.findByID({ collection: 'columns', id: columnId, depth: 0, req, overrideAccess: true })
  return { site, column }
}

/** The column of the site that has this key; every site has the mandated ones. */
export async function columnByKey(req: PayloadRequest, siteId: number, key: string): Promise<Column | null> {
  const { docs } = await req.payload.find({
    collection: 'columns', where: { and: [{ site: { equals: siteId } }, { key: { equals: key } }] }, limit: 1, depth: 0, req, overrideAccess: true })
  return docs[0] ?? null
}
