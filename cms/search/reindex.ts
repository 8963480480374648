import { Pool } from 'pg'
import { env } from '../env.ts'
import { applySettings } from './apply-settings.ts'
import { ask, type EnqueuedTask, indexOf, openEngine, type SearchEngine, settle } from './engine.ts'
import { indexDocuments, PORTION, type SearchStores } from './index-documents.ts'
import { keyOf, readSearchRecords, ROW_VERSION, SEARCHABLE, type Target } from './read-search-records.ts'
import { INDEX, NEXT_INDEX, PRIMARY_KEY } from './index-names.ts'
import { storeSearchRows } from './store-search-rows.ts'

/** Portions that the engine may have before it: it works faster on many at once, and keeps all of them in memory. */
const AHEAD = 12
/** Any constant will do, so long as every process takes the same one: two rebuilds at once would fill each other's new index. */
const REINDEX_LOCK = 726_502

export type ReindexProgress = (done: number, total: number) => void

const ENGINE_TIMEOUT_MS = 30_000

/** Builds both indexes anew on connections of its own, for the command line. @returns as `reindex` does */
export async function run(onProgress?: ReindexProgress): Promise<number | null> {
  const { DATABASE_URL, MEILISEARCH_URL, MEILISEARCH_API_KEY } = env()
  const pool = new Pool({ connectionString: DATABASE_URL, max: 2, application_name: 'cluster-reindex' })
  const engine = MEILISEARCH_URL ? openEngine({ url: MEILISEARCH_URL, key: MEILISEARCH_API_KEY ?? '', timeoutMs: ENGINE_TIMEOUT_MS }) : null
  try {
    return await reindex({ pool, engine }, onProgress)
  } finally {
    await pool.end()
  }
}

/**
 * Builds both search indexes anew from the public copies. The engine's new index grows beside the old one, which goes on answering, and
 * takes its place when it is complete; what was published or withdrawn in between is brought in afterwards.
 * @returns how many documents search holds now; `null` when another process is at it
 */
export async function reindex({ pool, engine }: SearchStores, onProgress: ReindexProgress = () => undefined): Promise<number | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [REINDEX_LOCK])
    if (!rows[0]?.locked) return null
    try {
      return await rebuild({ pool, engine }, onProgress)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [REINDEX_LOCK])
    }
  } finally {
    client.release()
  }
}

async function rebuild({ pool, engine }: SearchStores, onProgress: ReindexProgress): Promise<number> {
  const before = await readAllVersions(pool)
  const targets = [...before.values()].map(({ target }) => target)
  if (engine) await startNextIndex(engine)
  const written = new Map<string, string>()
  const asked: EnqueuedTask[] = []
  for (let start = 0; start < targets.length; start += PORTION) {
    const found = await readSearchRecords(pool, targets.slice(start, start + PORTION))
    const records = [...found.values()].map(({ record }) => record)
    await storeSearchRows(pool, records)
    if (engine && records.length > 0) asked.push(await ask(indexOf(engine, NEXT_INDEX).addDocuments(records, { primaryKey: PRIMARY_KEY })))
    if (engine && asked.length >= AHEAD) await settle(engine, asked.splice(0, 1))
    for (const [key, { version }] of found) written.set(key, version)
    onProgress(Math.min(start + PORTION, targets.length), targets.length)
  }
  if (engine) {
    await settle(engine, asked)
    await applySettings(engine, INDEX)
    await settle(engine, [await ask(engine.swapIndexes([{ indexes: [INDEX, NEXT_INDEX], rename: false }]))])
    await settle(engine, [await ask(engine.deleteIndex(NEXT_INDEX))])
  }
  await pool.query(`delete from delivery.search where not exists (select from ${SEARCHABLE} where records.collection = search.collection and records.id = search.id)`)
  const after = await readAllVersions(pool)
  const changed = [
    ...[...after].filter(([key, { version }]) => written.get(key) !== version).map(([, { target }]) => target),
    ...[...before].filter(([key]) => !after.has(key)).map(([, { target }]) => target),
  ]
  await indexDocuments({ pool, engine }, changed)
  return after.size
}

async function startNextIndex(engine: SearchEngine): Promise<void> {
  const { results } = await ask(engine.getRawIndexes({ limit: 1000 }))
  if (results.some(({ uid }) => uid === NEXT_INDEX)) await settle(engine, [await ask(engine.deleteIndex(NEXT_INDEX))])
  await applySettings(engine, NEXT_INDEX)
}

async function readAllVersions(pool: Pool): Promise<Map<string, { target: Target; version: string }>> {
  const { rows } = await pool.query<Target & { version: string }>(`select collection, id, ${ROW_VERSION} as version from ${SEARCHABLE} order by published_at desc`)
  return new Map(rows.map(({ collection, id, version }) => [keyOf({ collection, id }), { target: { collection, id }, version }]))
}
