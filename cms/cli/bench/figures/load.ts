import { groupBy } from '../group-by.ts'
import type { Figure } from '../measurement.ts'
import { openMixedReaders } from '../mixed-readers.ts'
import { runOpenLoop } from '../open-loop.ts'
import { percentile, round } from '../percentile.ts'

const PER_SECOND = 200
const SECONDS = 60

/** A busy minute: a steady stream of readers, of whom some search and some come for pages that have just changed. */
export const load: Figure = {
  name: 'load',
  label: '负载',
  measure: async ({ cluster }) => {
    const readers = await openMixedReaders(cluster().env, { requests: PER_SECOND * SECONDS })
    try {
      const timed = await runOpenLoop({ perSecond: PER_SECOND, seconds: SECONDS, kindOf: readers.kindOf, request: readers.request })
      const failures = timed.flatMap(({ failure }) => failure ?? [])
      const times = timed.map(({ ms }) => ms)
      const kinds = [...groupBy(timed, ({ kind }) => kind)].map(([kind, each]) => ({
        kind, count: each.length, p99: round(percentile(each.map(({ ms }) => ms), 0.99)) }))
      const note = `每秒 ${PER_SECOND} 次，${SECONDS} 秒；p50 ${round(percentile(times, 0.5))}，最大 ${round(Math.max(...times))}；`
        + `p99 分别为${kinds.map(({ kind, p99 }) => ` ${NAMES[kind] ?? kind} ${p99}`).join('，')}；${readers.queries} 个不同的查询`
      return [
        { figure: 'load', label: '负载下从应发出到答完（p99）', unit: 'ms', bound: { atMost: 200 }, measured: round(percentile(times, 0.99)), note, details: { kinds } },
        {
          figure: 'load', label: '负载下出错的请求', unit: 'requests', bound: { atMost: 0 }, measured: failures.length,
          ...(failures.length > 0 ? { note: failures[0]! } : {}), details: { failures: failures.slice(0, 20) },
        },
      ]
    } finally {
      await readers.close()
    }
  },
}

const NAMES: Record<string, string> = { stored: '已存页面', purged: '刚清除的页面', search: '搜索' }
