import type { z } from 'zod'
import type { directoryAnswerSchema } from '@cluster/shared/delivery/api'
import type { SiteSummary } from '@cluster/shared/delivery/records'
import type { ReadDatabase } from './database.ts'

/** All sites of the cluster, each parent before its children, by division code. */
export async function readDirectory(database: ReadDatabase): Promise<z.infer<typeof directoryAnswerSchema>> {
  const rows = await database.rows<{ site: SiteSummary }>(`
    select record - 'columns' - 'footer' - 'release' as site from delivery.sites order by record->>'divisionCode', slug`)
  return { sites: rows.map(({ site }) => site) }
}
