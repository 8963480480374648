import { Agent } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { ask } from '../bench/ask.ts'
import type { Trial } from './open-trial.ts'

export type Page = { host: string; path: string }
export type Failure = { page: string; at: number; ms: number; reason: string }
/** A moment at which something was broken, as `performance.now()` saw it before and after. */
export type Blow = { before: number; after: number }

export type Reading = {
  asked: number
  failures: Failure[]
  /** Requests that were under way at a blow, and were reset by it. */
  cutOff: number
  slowestMs: number
}

export type Readers = {
  /** Tells of a process that is about to be killed, a line that is about to be cut: runs the deed and keeps its moment. */
  blow: <T>(deed: () => T | Promise<T>) => Promise<T>
  stop: () => Promise<Reading>
  /** So far. */
  reading: () => Reading
}

/** A reader waits this long; what takes longer has failed. */
const PATIENCE_MS = 15_000

/**
 * Readers of stored pages, each asking for one page after another through nginx, at a steady pace. Everything but a 200 with a body is a
 * failure, save a request that was broken off while it was under way at a blow.
 */
export function startReaders({ trial, pages, atOnce = 4, everyMs = 100 }: {
  trial: Trial
  pages: readonly Page[]
  atOnce?: number
  everyMs?: number
}): Readers {
  const blows: Blow[] = []
  const reading: Reading = { asked: 0, failures: [], cutOff: 0, slowestMs: 0 }
  const suspects: Array<Failure & { isBroken: boolean }> = []
  let isStopped = false

  const read = async (reader: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let turn = reader; !isStopped; turn += 1) {
      const page = pages[turn % pages.length]!
      const at = performance.now()
      try {
        const { status, body } = await ask({ port: trial.front.portal, host: page.host, path: page.path, agent, timeoutMs: PATIENCE_MS })
        if (status !== 200 || body.length === 0) suspects.push(failed(page, at, `status ${status}`, false))
      } catch (error) {
        suspects.push(failed(page, at, error instanceof Error ? error.message : String(error), true))
      }
      reading.asked += 1
      reading.slowestMs = Math.max(reading.slowestMs, performance.now() - at)
      await wait(Math.max(0, everyMs - (performance.now() - at)))
    }
    agent.destroy()
  }
  const all = Promise.all(Array.from({ length: atOnce }, (_, reader) => read(reader)))

  const judged = (): Reading => {
    const isExcused = ({ at, ms, isBroken }: typeof suspects[number]) => isBroken && wasUnderWay({ at, ms }, blows)
    return {
      ...reading,
      failures: suspects.filter((suspect) => !isExcused(suspect)).map(({ page, at, ms, reason }) => ({ page, at, ms, reason })),
      cutOff: suspects.filter(isExcused).length,
    }
  }
  return {
    blow: async (deed) => {
      const blow = { before: performance.now(), after: Infinity }
      blows.push(blow)
      try {
        return await deed()
      } finally {
        blow.after = performance.now()
      }
    },
    reading: judged,
    stop: async () => {
      isStopped = true
      await all
      return judged()
    },
  }
}

/** True when a request had begun before a blow was over and was still unanswered when it began. */
export function wasUnderWay({ at, ms }: Pick<Failure, 'at' | 'ms'>, blows: readonly Blow[]): boolean {
  return blows.some(({ before, after }) => at <= after && at + ms >= before)
}

function failed({ host, path }: Page, at: number, reason: string, isBroken: boolean): Failure & { isBroken: boolean } {
  return { page: `${host}${path}`, at, ms: performance.now() - at, reason, isBroken }
}

/**
 * Pages of sites, asked of each portal itself until it answers from its store: `home`, a column and articles of the site that nobody
 * works on. Throws when a portal does not have them.
 */
export async function storePages(trial: Trial, pages: readonly Page[]): Promise<void> {
  for (const portal of trial.of('portal')) {
    for (const { host, path } of pages) {
      for (let attempt = 1; ; attempt += 1) {
        const { status } = await ask({ port: trial.ports[portal.name]!, host, path })
        if (status === 200) break
        if (attempt > 50) throw new Error(`${portal.name} answers ${status} for ${host}${path}`)
        await wait(100)
      }
    }
  }
}
