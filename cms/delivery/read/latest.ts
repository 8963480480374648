import type { Entry } from '@cluster/shared/delivery/records'
import type { ReadDatabase } from './database.ts'

/** What a site published last, newest first; `null` when there is no such site. */
export async function readLatest(
  database: ReadDatabase, { site, limit }: { site: string; limit: number },
): Promise<{ entries: Entry[] } | null> {
  const [row] = await database.rows<{ entries: Entry[] }>(`
    select array(
      select entry from delivery.listed where site = slug order by published_at desc, id desc limit $2
    ) as entries from delivery.sites where slug = $1`, [site, limit])
  return row ?? null
}
