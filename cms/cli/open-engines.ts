import type { SearchAddress } from './cluster-environment.ts'
import { say } from './progress.ts'
import { Refusal } from './refusal.ts'
import type { Secrets } from './secrets.ts'
import { checkGivenAddresses, DATABASE_NAME, embeddedAddresses, givenAddresses, type DatabaseAddresses } from './services/database-addresses.ts'
import type { House } from './services/house.ts'
import { makeDatabase, makeRoles } from './services/make-database.ts'
import { orderPostgres } from './services/postgres.ts'
import { hasSearchEngine, isHealthy, orderSearchEngine, settleSearchKeys } from './services/search-engine.ts'
import type { Settings } from './settings.ts'

export type OpenDatabase = {
  addresses: DatabaseAddresses
  /** The superuser's address where the database is our own; null where the operator gave one. */
  adminUrl: string | null
}

/** Opens the database: the operator's, or our own with its roles. Throws `Refusal`. */
export async function openDatabase(
  { settings, secrets, house }: { settings: Settings, secrets: Secrets, house: House },
): Promise<OpenDatabase> {
  const given = givenAddresses(settings)
  if (given) {
    await checkGivenAddresses(given)
    return { addresses: given, adminUrl: null }
  }
  const { order, adminUrl, port } = await orderPostgres({ settings, secrets })
  await house.start([order])
  try {
    await makeRoles({ adminUrl, secrets })
    await makeDatabase({ adminUrl, name: DATABASE_NAME })
  } catch (error) {
    const isRefused = error instanceof Error && 'code' in error && error.code === '28P01'
    if (!isRefused) throw error
    throw new Refusal(
      `数据库不接受 ${settings.folders.secrets} 里的密码：这个文件和数据库目录不是一套。请从备份恢复同一时间的两者。`,
    )
  }
  return { addresses: embeddedAddresses({ port, secrets, database: DATABASE_NAME }), adminUrl }
}

/**
 * Opens the search engine: the operator's, or our own. Null, with a sentence to the operator, where this platform
 * has none: search then runs on PostgreSQL. Throws `Refusal` when a given one is incomplete.
 */
export async function openSearch(
  { settings, secrets, house }: { settings: Settings, secrets: Secrets, house: House },
): Promise<SearchAddress> {
  if (settings.MEILISEARCH_URL) {
    const adminKey = settings.MEILISEARCH_API_KEY
    if (!adminKey) throw new Refusal('设置了 MEILISEARCH_URL，还需要用 MEILISEARCH_API_KEY 给出它的管理密钥。')
    if (!await isHealthy(settings.MEILISEARCH_URL)) {
      // Search goes on without it, and the worker catches up: no reason to keep the portals down.
      say(`⚠ ${settings.MEILISEARCH_URL} 的搜索引擎没有应答，搜索暂由数据库承担；它恢复后自动接上。`)
    }
    return { url: settings.MEILISEARCH_URL, adminKey, searchKey: settings.MEILISEARCH_SEARCH_KEY ?? adminKey }
  }
  if (!hasSearchEngine()) {
    say('⚠ 没有适合本机的搜索引擎程序，搜索由数据库承担。要用搜索引擎，请设置 MEILISEARCH_URL 和 MEILISEARCH_API_KEY。')
    return null
  }
  const { order, url } = await orderSearchEngine({ settings, secrets })
  await house.start([order])
  const { searchAdminKey, searchOnlyKey } = await settleSearchKeys({ settings, secrets, url })
  return { url, adminKey: searchAdminKey, searchKey: searchOnlyKey }
}
