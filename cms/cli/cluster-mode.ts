import { z } from 'zod'
import type { DataFolders } from './folders.ts'
import { readJson, writeJson } from './read-json.ts'

export type ClusterMode = 'demo' | 'production'

/** What this data folder was prepared as; null while it is new. */
export function readMode(folders: DataFolders): ClusterMode | null {
  return readJson(folders.mode, z.object({ mode: z.enum(['demo', 'production']) }))?.mode ?? null
}

/** Decides it for good: a production cluster never gets demo accounts, a demo never counts as production. */
export function keepMode(folders: DataFolders, mode: ClusterMode): void {
  writeJson(folders.mode, { mode })
}
