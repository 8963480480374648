import { join } from 'node:path'
import { siteRecordSchema, type SiteRecord } from '@cluster/shared/delivery/records'
import type { DeliveryClient } from './delivery.ts'
import { readJson, replaceFile } from './store-json.ts'

export type SiteRecords = ReturnType<typeof createSiteRecords>

/**
 * Site records as the delivery server has them, with the last one kept on disk: an error page needs the site's name,
 * navigation and footer exactly when nothing can be asked.
 */
export function createSiteRecords({ delivery, folder }: { delivery: Pick<DeliveryClient, 'site'>; folder: string }) {
  const kept = new Map<string, string>()
  const fileOf = (slug: string) => join(folder, 'sites', `${slug}.json`)

  return {
    /** The record as it is now; `null` when there is no such site. Throws `Unreachable` or `ContractBroken`. */
    current: async (slug: string): Promise<SiteRecord | null> => {
      const record = await delivery.site(slug)
      if (!record) return null
      const text = JSON.stringify(record)
      if (kept.get(slug) !== text) {
        kept.set(slug, text)
        await replaceFile(fileOf(slug), text)
      }
      return record
    },
    /** The last record seen, however old; `null` when there never was one. */
    lastKnown: async (slug: string): Promise<SiteRecord | null> => readJson(siteRecordSchema, fileOf(slug)),
  }
}
