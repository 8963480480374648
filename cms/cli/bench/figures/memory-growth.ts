import { setTimeout as wait } from 'node:timers/promises'
import { readRunning } from '../../services/running.ts'
import type { Figure, Measurement } from '../measurement.ts'
import { openMixedReaders } from '../mixed-readers.ts'
import type { Bench } from '../open-bench.ts'
import { round } from '../percentile.ts'
import { measureTree } from '../process-memory.ts'
import { signIn } from '../sign-in.ts'

const FIRST = 10_000
const LAST = 100_000
const AT_ONCE = 8
/** One request in so many is a clerk's, to the CMS. */
const CLERK_EVERY = 10
const REST_MS = 15_000
const MEGABYTE = 1024 * 1024

/** What each process holds after 100,000 requests, over what it held after the first 10,000. */
export const memoryGrowth: Figure = {
  name: 'memory-growth',
  label: '内存增长',
  measure: async (bench) => {
    if (process.platform !== 'linux') return [measured('全部', null, '只有 Linux 能给出按比例计算的内存')]
    const { env } = bench.cluster()
    const readers = await openMixedReaders(env, { requests: LAST })
    const editor = await signIn(bench.cluster(), { duty: 'editor', site: 'suzhou-kunshan' })
    let failures = 0
    const ask = async (number: number) => {
      try {
        await (number % CLERK_EVERY === 0 ? editor.call('GET', '/api/articles?limit=10&depth=1') : readers.request(number))
      } catch {
        failures += 1
      }
    }
    let next = 0
    const until = async (count: number) => {
      await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        while (next < count) await ask(next++)
      }))
      await wait(REST_MS)
      return memoryOf(bench)
    }
    try {
      const first = await until(FIRST)
      bench.tell(`… 已有 ${FIRST} 次请求`)
      const last = await until(LAST)
      return [...first].map(([name, before]) => {
        const after = last.get(name) ?? Number.NaN
        const note = `${Math.round(before / MEGABYTE)} MB 到 ${Math.round(after / MEGABYTE)} MB${failures > 0 ? `；${failures} 次请求失败` : ''}`
        return measured(name, round(after / before), note)
      })
    } finally {
      await readers.close()
    }
  },
}

/** Proportional set size of each service with all that descends from it. */
function memoryOf({ folders }: Bench): Map<string, number> {
  return new Map(Object.entries(readRunning(folders)?.services ?? {}).map(([name, { pid }]) =>
    [name, measureTree(pid).reduce((sum, { bytes }) => sum + bytes, 0)]))
}

function measured(name: string, value: number | null, note: string): Measurement {
  return { figure: 'memory-growth', label: `内存增长 ${name}：${LAST} 次请求后与 ${FIRST} 次后之比`, unit: 'ratio', bound: { atMost: 1.1 }, measured: value, note }
}
