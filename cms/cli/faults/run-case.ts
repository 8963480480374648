import { setTimeout as wait } from 'node:timers/promises'
import { startClerks, type Desk } from './clerks.ts'
import type { FaultCase, Outcome } from './fault-case.ts'
import type { Ledger } from './ledger.ts'
import type { Trial } from './open-trial.ts'
import { prove } from './prove.ts'
import { startReaders, storePages, type Page } from './readers.ts'
import { untilSettled } from './settle.ts'

/** Clerks who have not come so far by then have been stopped by something. */
const PUBLISHED_WITHIN_MS = 180_000
const LOOK_MS = 200

export type CaseResult = {
  name: string
  label: string
  outcomes: Outcome[]
  /** Texts that were saved, and made public, while it lasted. */
  saved: number
  published: number
  /** How often clerks were refused, or got no answer, and had to do it once more. */
  refusals: number
  reading: { asked: number; failed: number; cutOff: number; slowestMs: number }
  /** All sentences on what should not have been; empty when the cluster has held. */
  faults: string[]
  seconds: number
}

/**
 * Runs one case under load: clerks write and publish, readers read stored pages through nginx. Afterwards everything that was acknowledged
 * meanwhile is looked for from outside; what came before it is proved once, at the end of all cases.
 */
export async function runCase({ faultCase, trial, desk, ledger, pages, publications, holdMs, kills, seed, clerks: atOnce = 3, tell }: {
  faultCase: FaultCase
  trial: Trial
  desk: Desk
  ledger: Ledger
  pages: readonly Page[]
  /** The clerks go on until so many are public, however soon the case is over. */
  publications: number
  holdMs: number
  kills: number
  seed: number
  /** How many texts are on their way at a time. */
  clerks?: number
  tell: (sentence: string) => void
}): Promise<CaseResult> {
  const begun = performance.now()
  const before = { saved: ledger.deeds.length, published: ledger.published() }
  const deathsBefore = trial.services.map((service) => service.deaths())
  await storePages(trial, pages)
  const readers = startReaders({ trial, pages })
  const clerks = startClerks({ desk, ledger, name: faultCase.label, atOnce })
  const faults: string[] = []
  let outcomes: Outcome[] = []
  const noteFault = (error: unknown) => { faults.push(error instanceof Error ? error.message : String(error)) }
  try {
    outcomes = await faultCase.run({ trial, readers, ledger, holdMs, kills, seed, tell })
    await untilPublished(ledger, before.published + publications)
  } catch (error) {
    noteFault(error)
  }
  clerks.stop()
  await clerks.done.catch(noteFault)
  await untilSettled(trial).catch(noteFault)
  for (const { afterwards } of outcomes) faults.push(...await afterwards?.() ?? [])
  const { failures, ...reading } = await readers.stop()
  faults.push(...failures.map(({ page, reason, ms }) => `读者打不开已存页面 ${page}：${reason}（${Math.round(ms)} 毫秒）`))
  faults.push(...outcomes.flatMap((outcome) => outcome.faults))
  faults.push(...await prove(trial, ledger, desk.editor, ledger.deeds.slice(before.saved)).catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)]))
  trial.services.forEach((service, index) => {
    const deaths = service.deaths() - deathsBefore[index]!
    if (deaths > 0) tell(`  ${service.name} 自行退出并重新启动了 ${deaths} 次`)
  })
  return {
    name: faultCase.name,
    label: faultCase.label,
    outcomes,
    saved: ledger.deeds.length - before.saved,
    published: ledger.published() - before.published,
    refusals: clerks.refusals.length,
    reading: { ...reading, failed: failures.length },
    faults,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
  }
}

/** Lets the clerks go on until so many texts are public. Throws when they do not get there. */
async function untilPublished(ledger: Ledger, count: number): Promise<void> {
  const deadline = performance.now() + PUBLISHED_WITHIN_MS
  while (ledger.published() < count) {
    if (performance.now() > deadline) throw new Error(`应发布 ${count} 篇，${PUBLISHED_WITHIN_MS / 1000} 秒内只发布了 ${ledger.published()} 篇`)
    await wait(LOOK_MS)
  }
}
