import { keepAlive } from '../ask.ts'
import { readLoadedDocuments } from '../loaded-documents.ts'
import type { Figure } from '../measurement.ts'
import { summarise } from '../percentile.ts'
import { search as ask } from '../portal.ts'
import { makeQueries } from '../queries.ts'

const QUERIES = 500
const AT_ONCE = 4

/** `/api/search` over the whole cluster, asked at the province's portal: one by one, and by four readers at once. */
export const search: Figure = {
  name: 'search',
  label: '搜索',
  measure: async ({ cluster }) => {
    const { env } = cluster()
    const queries = makeQueries(await readLoadedDocuments(env), QUERIES)
    const alone = await askAll(env, queries, 1)
    const together = await askAll(env, queries, AT_ONCE)
    const describe = (series: Asked[]) => {
      const details = {
        ...summarise(series.map(({ ms }) => ms)),
        withoutHits: series.filter(({ total }) => total === 0).length,
        slowest: slowest(series),
      }
      const degraded = series.filter(({ isDegraded }) => isDegraded).length
      const note =
        `${details.count} 个不同的查询，p50 ${details.p50}，最大 ${details.max}` +
        (degraded > 0 ? `；其中 ${degraded} 个由数据库回答` : '')
      return { measured: details.p95, note, details: { ...details, degraded } }
    }
    return [
      {
        figure: 'search',
        label: '搜索 /api/search，逐个（p95）',
        unit: 'ms',
        bound: { atMost: 50 },
        ...describe(alone),
      },
      {
        figure: 'search',
        label: `搜索 /api/search，${AT_ONCE} 个同时（p95）`,
        unit: 'ms',
        bound: null,
        ...describe(together),
      },
    ]
  },
}

type Asked = { query: string; ms: number; total: number; isDegraded: boolean }

async function askAll(env: Record<string, string>, queries: readonly string[], atOnce: number): Promise<Asked[]> {
  const agent = keepAlive(atOnce)
  const left = [...queries]
  const series: Asked[] = []
  const reader = async () => {
    for (let query = left.shift(); query !== undefined; query = left.shift()) {
      const { ms, total, degraded } = await ask(env, { site: 'jiangsu', q: query, agent })
      series.push({ query, ms, total, isDegraded: degraded })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, reader))
  agent.destroy()
  return series
}

const slowest = (series: readonly Asked[]) =>
  [...series]
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 10)
    .map(({ query, ms }) => ({ query, ms: Math.round(ms) }))
