import type { z } from 'zod'
import { documentPath } from '@cluster/shared/delivery/addresses'
import type { addressesAnswerSchema } from '@cluster/shared/delivery/api'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import type { ReadDatabase } from './database.ts'

type Listed = { collection: DocumentCollection; id: number; changedAt: Date }

/** Every public address of a site with its last change, for crawlers; `null` when there is no such site. */
export async function readAddresses(database: ReadDatabase, site: string): Promise<z.infer<typeof addressesAnswerSchema> | null> {
  const [columns, documents] = await Promise.all([
    database.rows<{ key: string; total: number; changedAt: Date | null }>(`
      select columns.record->>'key' as key, count(shown.id)::integer as total, max(shown.changed_at) as "changedAt"
      from delivery.sites cross join jsonb_array_elements(sites.record->'columns') with ordinality as columns(record, place)
      left join delivery.listed shown on shown.site = sites.slug and shown.column_key = columns.record->>'key'
      where slug = $1 group by columns.record, columns.place order by columns.place`, [site]),
    database.rows<Listed>(`
      select collection, id, changed_at as "changedAt" from delivery.listed where site = $1 order by published_at desc, id desc`, [site]),
  ])
  if (columns.length === 0) return null
  return {
    documents: documents.map((document) => ({ path: documentPath(document), changedAt: document.changedAt.toISOString() })),
    columns: columns.map(({ key, total, changedAt }) => ({ key, total, changedAt: changedAt?.toISOString() ?? null })),
  }
}
