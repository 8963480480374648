import type { SiteRecord } from '@cluster/shared/delivery/records'
import type { ReadDatabase } from './database.ts'

/** The public record of a site; `null` when there is none. */
export async function readSite(database: ReadDatabase, site: string): Promise<SiteRecord | null> {
  const [row] = await database.rows<{ record: SiteRecord }>('select record from delivery.sites where slug = $1', [site])
  return row?.record ?? null
}
