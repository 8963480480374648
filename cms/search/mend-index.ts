import { applySettings } from './apply-settings.ts'
import { ask, countInIndex, indexOf } from './engine.ts'
import type { SearchStores } from './index-documents.ts'
import { reindex } from './reindex.ts'

/**
 * Sees to it that search holds what is public: applies the settings, and builds the indexes anew where one has lost documents (an
 * engine that came back with an empty or an older folder). Jobs that still wait are the outbox's to do.
 * @returns true when the indexes were built anew
 */
export async function mendIndex({ pool, engine }: SearchStores): Promise<boolean> {
  if (engine) await applySettings(engine)
  const { rows } = await pool.query<{ records: number; rows: number; waiting: boolean }>(`
    select (select count(*)::integer from delivery.records) as records, (select count(*)::integer from delivery.search) as rows,
      exists (select from graphile_worker.jobs where task_identifier in ('index-document', 'index-documents')) as waiting`)
  const held = rows[0]
  if (!held || held.records === 0) return false
  const inEngine = engine ? await countInIndex(engine) ?? 0 : held.records
  const isBusy = engine ? (await ask(indexOf(engine).getStats())).isIndexing : false
  const isEmpty = inEngine === 0 || held.rows === 0
  const isShort = !held.waiting && !isBusy && (inEngine !== held.records || held.rows !== held.records)
  return isEmpty || isShort ? await reindex({ pool, engine }) !== null : false
}
