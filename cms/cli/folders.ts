import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Refusal } from './refusal.ts'

/** The checkout: every path of the start script is taken from here, not from where it was called. */
export const ROOT = resolve(import.meta.dirname, '..', '..')

export type DataFolders = {
  root: string
  logs: string
  postgres: string
  searchEngine: string
  media: string
  pages: string
  secrets: string
  ports: string
  running: string
  lock: string
  mode: string
  seeding: string
  restoring: string
  demoAccounts: string
}

/** Where everything of one cluster lies below its data folder; relative folders count from the checkout. */
export function dataFolders(dataDir: string): DataFolders {
  const root = resolve(ROOT, dataDir)
  return {
    root,
    logs: join(root, 'logs'),
    postgres: join(root, 'postgres'),
    searchEngine: join(root, 'meilisearch'),
    media: join(root, 'media'),
    pages: join(root, 'pages'),
    secrets: join(root, 'secrets.json'),
    ports: join(root, 'ports.json'),
    running: join(root, 'running.json'),
    lock: join(root, 'cluster.lock'),
    mode: join(root, 'cluster.json'),
    seeding: join(root, 'seeding'),
    restoring: join(root, 'restoring'),
    demoAccounts: join(root, 'demo-accounts.json'),
  }
}

/** Makes the folders that are missing. Throws `Refusal` where the place cannot be written. */
export function makeDataFolders(folders: DataFolders): void {
  try {
    for (const folder of [folders.root, folders.logs, folders.media, folders.pages]) {
      mkdirSync(folder, { recursive: true })
    }
  } catch (error) {
    throw new Refusal(
      `数据目录 ${folders.root} 无法写入（${reasonOf(error)}）。请检查权限和磁盘空间，或用 DATA_DIR 指定另一个目录。`,
    )
  }
}

/** The system's own word for a failed call (`EACCES`, `ENOSPC`), or the message where there is none. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : String(error)
}
