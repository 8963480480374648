import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { askJson } from '../bench/ask.ts'
import { withClient } from '../services/make-database.ts'
import type { Trial } from './open-trial.ts'

const LOOK_MS = 200

/** What is still under way after a fault: jobs, a search engine behind the database, portals behind the feed. Empty when all is in order. */
export async function unsettled(trial: Trial): Promise<string[]> {
  const left: string[] = []
  const { jobs, failed, last } = await withClient(trial.database.ownerUrl, async (client) => {
    const { rows: [row] } = await client.query<{ jobs: number; failed: string | null; last: number }>(`
      select (select count(*)::integer from graphile_worker.jobs where run_at <= now() + interval '1 hour') as jobs,
        (select string_agg(distinct left(last_error, 160), ' | ') from graphile_worker.jobs) as failed,
        (select coalesce(max(seq), 0)::integer from delivery.feed) as last`)
    return row!
  })
  if (jobs > 0) left.push(`后台还有 ${jobs} 件任务没有做完${failed ? `（${failed}）` : ''}`)
  for (const { place, missing, surplus } of await compareIndexes(trial)) {
    if (missing.length + surplus.length === 0) continue
    left.push(`${place}缺 ${missing.length} 篇（${missing.slice(0, 5).join('、')}），多 ${surplus.length} 篇（${surplus.slice(0, 5).join('、')}）`)
  }
  for (const portal of trial.of('portal')) {
    const seq = await readSeq(trial, portal.name).catch(() => -1)
    if (seq < last) left.push(`${portal.name} 的变更通知停在 ${seq}，应为 ${last}`)
  }
  return left
}

/** Waits until everything has come into order by itself. Throws with what has not. */
export async function untilSettled(trial: Trial, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const left = await unsettled(trial).catch((error: unknown) => [error instanceof Error ? error.message : String(error)])
    if (left.length === 0) return
    if (performance.now() > deadline) throw new Error(`在 ${withinMs / 1000} 秒内没有自行恢复：${left.join('；')}`)
    await wait(LOOK_MS)
  }
}

const engineSchema = z.object({ results: z.array(z.object({ id: z.string() })), total: z.number() })

/** Public documents against what each of the two search indexes holds. */
async function compareIndexes({ database, engine }: Trial): Promise<Array<{ place: string; missing: string[]; surplus: string[] }>> {
  const [wanted, inDatabase] = await withClient(database.ownerUrl, async (client) => {
    const keysOf = async (table: string) => {
      const { rows } = await client.query<{ key: string }>(`select collection || '-' || id as key from ${table}`)
      return new Set(rows.map(({ key }) => key))
    }
    return [await keysOf('delivery.records'), await keysOf('delivery.search')] as const
  })
  const answer = await fetch(`${engine.url}/indexes/documents/documents?limit=100000&fields=id`, {
    headers: { authorization: `Bearer ${engine.adminKey}` }, signal: AbortSignal.timeout(10_000) })
  const inEngine = new Set(engineSchema.parse(await answer.json()).results.map(({ id }) => id))
  return [['数据库的搜索表', inDatabase] as const, ['搜索引擎', inEngine] as const].map(([place, held]) => ({
    place,
    missing: [...wanted].filter((key) => !held.has(key)),
    surplus: [...held].filter((key) => !wanted.has(key)),
  }))
}

/** How far a portal has followed the change feed, as its operator's port tells. */
export async function readSeq(trial: Trial, portal: string): Promise<number> {
  const port = trial.ports[`${portal}-operator`]
  if (port === undefined) throw new RangeError(`no operator's port of ${portal}`)
  return z.object({ seq: z.number() }).parse(await askJson({ port, path: '/healthz', timeoutMs: 3_000 })).seq
}
