import type { Pool } from 'pg'
import { ask, type EnqueuedTask, indexOf, type SearchEngine, settle } from './engine.ts'
import { searchId } from './project-search.ts'
import { PRIMARY_KEY } from './index-names.ts'
import { keyOf, readSearchRecords, readVersions, type Target } from './read-search-records.ts'
import { removeSearchRows, storeSearchRows } from './store-search-rows.ts'

/** Documents of one turn: a megabyte or two of text, and ten of grams. */
export const PORTION = 50

export type SearchStores = {
  pool: Pool
  /** Null where the cluster has no engine: PostgreSQL answers alone. */
  engine: SearchEngine | null
}

/**
 * Brings both indexes in line with what is public at this moment: what is public is written, what is not is taken out. Doing it twice
 * changes nothing. PostgreSQL's index is written even when the engine is down. Throws `SearchEngineUnreachable` or `SearchEngineRefused`.
 */
export async function indexDocuments(stores: SearchStores, targets: readonly Target[]): Promise<void> {
  const asked: EnqueuedTask[] = []
  let fault: unknown = null
  for (let start = 0; start < targets.length; start += PORTION) {
    const turn = await writeTurn(fault === null ? stores : { ...stores, engine: null }, targets.slice(start, start + PORTION))
    asked.push(...turn.asked)
    fault ??= turn.fault
  }
  if (fault !== null) throw fault
  if (stores.engine) await settle(stores.engine, asked)
}

/**
 * Writes the targets until nothing has changed under our hands. Another worker may have indexed a newer text between our reading and
 * our writing; the engine works in the order in which it was asked, so that whoever looks once more after asking has the last word.
 */
async function writeTurn({ pool, engine }: SearchStores, targets: readonly Target[]): Promise<{ asked: EnqueuedTask[]; fault: unknown }> {
  const asked: EnqueuedTask[] = []
  let left = targets
  let fault: unknown = null
  while (left.length > 0) {
    const found = await readSearchRecords(pool, left)
    const absent = left.filter((target) => !found.has(keyOf(target)))
    const records = [...found.values()].map(({ record }) => record)
    await storeSearchRows(pool, records)
    await removeSearchRows(pool, absent)
    if (engine && fault === null) {
      try {
        if (records.length > 0) asked.push(await ask(indexOf(engine).addDocuments(records, { primaryKey: PRIMARY_KEY })))
        if (absent.length > 0) asked.push(await ask(indexOf(engine).deleteDocuments(absent.map(searchId))))
      } catch (error) {
        fault = error
      }
    }
    const versions = await readVersions(pool, left)
    left = left.filter((target) => versions.get(keyOf(target)) !== found.get(keyOf(target))?.version)
  }
  return { asked, fault }
}
