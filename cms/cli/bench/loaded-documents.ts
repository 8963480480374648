import { withClient } from '../services/make-database.ts'

export type LoadedDocument = {
  collection: string
  id: number
  site: string
  title: string
  documentNumber: string | null
  /** True for the real documents that were imported, false for the demo's own. */
  isImported: boolean
}

/** All public documents, in an order that does not change while nothing is published. */
export function readLoadedDocuments(env: Record<string, string>): Promise<LoadedDocument[]> {
  return withClient(env.DATABASE_URL ?? '', async (client) => {
    const { rows } = await client.query<LoadedDocument>(`
      select collection, id, site, title, record #>> '{content,documentNumber}' as "documentNumber",
        source_id is not null as "isImported"
      from delivery.records order by collection, id`)
    return rows
  })
}
