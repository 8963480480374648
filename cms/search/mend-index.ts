import { applySettings } from './apply-settings.ts'
import { ask, countInIndex, indexOf } from './engine.ts'
import type { SearchStores } from './index-documents.ts'
import { SEARCHABLE } from './read-search-records.ts'
import { reindex } from './reindex.ts'

type Held = { records: number; rows: number; isBusy: boolean }

/**
 * Sees to it that search holds what is public: applies the settings, and builds the indexes anew where one has lost documents (an
 * engine that came back with an empty or an older folder).
 * @returns `busy` while fresh jobs are on their way, which may be all that is missing: look again when they are done
 */
export async function mendIndex({ pool, engine }: SearchStores): Promise<'whole' | 'mended' | 'busy'> {
  if (engine) await applySettings(engine)
  const { rows: [held] } = await pool.query<Held>(`
    select (select count(*)::integer from ${SEARCHABLE}) as records, (select count(*)::integer from delivery.search) as rows, exists (
      select from graphile_worker.jobs
      where task_identifier in ('index-document', 'index-documents') and last_error is null and run_at <= now()
    ) as "isBusy"`)
  if (!held || held.isBusy) return 'busy'
  if (engine && (await ask(indexOf(engine).getStats())).isIndexing) return 'busy'
  const inEngine = engine ? await countInIndex(engine) : held.records
  if (held.rows === held.records && inEngine === held.records) return 'whole'
  return await reindex({ pool, engine }) === null ? 'busy' : 'mended'
}
