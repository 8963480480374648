import { join } from 'node:path'
import { buildStale } from '../build-stale.ts'
import { dataFolders, makeDataFolders } from '../folders.ts'
import { readSettings } from '../settings.ts'
import { onStopRequest } from '../until-stopped.ts'
import { clock } from './cases/clock.ts'
import { disk } from './cases/disk.ts'
import { freeze } from './cases/freeze.ts'
import { kill } from './cases/kill.ts'
import { line } from './cases/line.ts'
import { rolling } from './cases/rolling.ts'
import { several } from './cases/several.ts'
import { openDesk } from './clerks.ts'
import { describeResult, describeResults } from './describe-results.ts'
import type { FaultCase } from './fault-case.ts'
import { openLedger } from './ledger.ts'
import { openTrial, type Trial } from './open-trial.ts'
import { readFaultOptions } from './options.ts'
import { pagesToRead } from './pages-to-read.ts'
import { prove, readEvents } from './prove.ts'
import { runCase, type CaseResult } from './run-case.ts'

const CASES: readonly FaultCase[] = [several, rolling, kill, freeze, line, disk, clock]

/**
 * `npm run faults [-- --only NAME,NAME] [--seconds N] [--kills N] [--publications N] [--seed N] [--json]`: breaks a cluster of its own below
 * `DATA_DIR/faults` in every way it knows, under load, and proves from outside what was kept. Progress goes to standard error; the folder
 * with all logs stays. Answers 1 when something was lost, done twice, or not served.
 */
export async function run(argv: string[]): Promise<number> {
  const options = readFaultOptions(argv, { cases: CASES.map(({ name }) => name), anySeed: Math.floor(performance.timeOrigin) % 100_000 })
  const tell = (sentence: string) => console.error(sentence)
  const { root } = readSettings().folders
  const folder = join(root, 'faults')
  makeDataFolders(dataFolders(root))
  await buildStale(dataFolders(root))
  let trial: Trial | null = null
  const leave = () => process.exit(130)
  onStopRequest({
    stop: () => {
      if (trial) void trial.close().then(leave, leave)
      else leave()
    },
    kill: leave,
  })
  const chosen = CASES.filter(({ name }) => options.only?.includes(name) ?? true)
  trial = await openTrial({ folder, hasDisks: chosen.some(({ name }) => name === 'disk'), tell })
  const results: CaseResult[] = []
  let lost: string[] = []
  try {
    const desk = await openDesk(trial)
    const ledger = openLedger({ eventsBefore: (await readEvents(trial)).events })
    const pages = await pagesToRead(trial)
    for (const faultCase of chosen) {
      tell(`… ${faultCase.label}（随机数种子 ${options.seed}）`)
      const result = await runCase({
        faultCase, trial, desk, ledger, pages, tell, holdMs: options.holdMs, kills: options.kills, seed: options.seed,
        publications: faultCase === kill ? options.publications : 0,
      })
      for (const fault of result.faults.slice(0, 40)) tell(`  ✗ ${fault}`)
      tell(describeResult(result))
      results.push(result)
    }
    tell('… 再核对一遍全部确认过的事')
    lost = await prove(trial, ledger, desk.editor)
    for (const fault of lost.slice(0, 40)) tell(`  ✗ ${fault}`)
  } finally {
    await trial.close()
  }
  const isHeld = lost.length === 0 && results.every(({ faults }) => faults.length === 0)
  console.log(options.isJson ? JSON.stringify({ seed: options.seed, results, lost }, null, 2) : describeResults(results))
  tell(isHeld ? `✓ 全部经受住了。日志在 ${trial.folders.logs}` : `✗ 有没经受住的，见上。日志在 ${trial.folders.logs}，可用 --seed ${options.seed} 重演`)
  return isHeld ? 0 : 1
}
