import { type EnqueuedTask, Meilisearch, MeilisearchApiError } from 'meilisearch'
import type { SearchRecord } from '@cluster/shared/delivery/search'
import { SearchEngineRefused, SearchEngineUnreachable, UNREACHABLE } from './engine-faults.ts'
import { INDEX } from './index-names.ts'

/** How often a task is asked after: a publication is to be found within a second. */
const TASK_INTERVAL_MS = 20
/** The engine works through its tasks in order; a single document waits for all that came before it. */
const TASK_TIMEOUT_MS = 120_000

export type SearchEngine = Meilisearch

/** A client that may change the engine. `timeoutMs` is for one request; waiting for a task is many. */
export function openEngine({ url, key, timeoutMs }: { url: string; key: string; timeoutMs: number }): SearchEngine {
  return new Meilisearch({ host: url, apiKey: key, timeout: timeoutMs })
}

export const indexOf = (engine: SearchEngine, uid: string = INDEX) => engine.index<SearchRecord>(uid)

/** Runs one request. Throws `SearchEngineUnreachable` or `SearchEngineRefused`. */
export async function ask<T>(request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.response.status < 500) {
      throw new SearchEngineRefused(`the search engine refused: ${error.message}`, { cause: error })
    }
    throw new SearchEngineUnreachable(UNREACHABLE, { cause: error })
  }
}

/** Waits until the engine has done its tasks. Throws `SearchEngineRefused` with the engine's reason when it could not. */
export async function settle(engine: SearchEngine, tasks: readonly EnqueuedTask[]): Promise<void> {
  for (const { taskUid } of tasks) {
    const task = await ask(engine.tasks.waitForTask(taskUid, { interval: TASK_INTERVAL_MS, timeout: TASK_TIMEOUT_MS }))
    if (task.status !== 'succeeded') throw new SearchEngineRefused(`task ${taskUid} (${task.type}) ${task.status}: ${task.error?.message ?? ''}`)
  }
}

/** Documents that an index holds; `null` when there is no such index. */
export async function countInIndex(engine: SearchEngine, uid: string = INDEX): Promise<number | null> {
  try {
    return (await ask(indexOf(engine, uid).getStats())).numberOfDocuments
  } catch (error) {
    if (error instanceof SearchEngineRefused) return null
    throw error
  }
}

export type { EnqueuedTask }
