import { givenEnvironment } from '../../env.ts'
import { ROOT } from '../folders.ts'
import { endScripts } from '../run-script.ts'
import { onStopRequest } from '../until-stopped.ts'
import { backup } from './figures/backup.ts'
import { coldPage } from './figures/cold-page.ts'
import { dashboard } from './figures/dashboard.ts'
import { dryRun } from './figures/dry-run.ts'
import { importDocuments } from './figures/import.ts'
import { load } from './figures/load.ts'
import { memoryGrowth } from './figures/memory-growth.ts'
import { memory } from './figures/memory.ts'
import { publish } from './figures/publish.ts'
import { push } from './figures/push.ts'
import { releaseSwitch } from './figures/release-switch.ts'
import { search } from './figures/search.ts'
import { start } from './figures/start.ts'
import { storedPage } from './figures/stored-page.ts'
import { readLoadedDocuments } from './loaded-documents.ts'
import type { Figure, Measurement } from './measurement.ts'
import { openBench, type Bench } from './open-bench.ts'
import { readBenchOptions } from './options.ts'
import { describeMachine, describeMeasurements, measurementsAsJson } from './print-results.ts'

/** In the order in which they are measured: a fresh start first, memory after everything else has left its traces. */
const FIGURES: readonly Figure[] = [start, publish, push, search, coldPage, storedPage, load, dryRun, releaseSwitch, dashboard, importDocuments, backup, memory, memoryGrowth]

/**
 * `npm run bench [-- --json] [--only NAME,NAME] [--fresh] [--policies FILE]`: measures a cluster of its own below
 * `DATA_DIR/bench` and prints the results; progress goes to standard error. A missed bound is a result, not a failure:
 * the exit code tells only whether everything could be measured.
 */
export async function run(argv: string[]): Promise<number> {
  const options = readBenchOptions(argv, {
    figures: FIGURES.map(({ name }) => name),
    startedIn: givenEnvironment().INIT_CWD ?? ROOT,
  })
  const tell = (sentence: string) => console.error(sentence)
  if (options.policiesFile === null) tell('没有真实文件（--policies），有关各项只在演示内容上测量。')
  let bench: Bench | null = null
  const leave = () => process.exit(130)
  onStopRequest({
    stop: () => {
      endScripts('SIGTERM')
      // While it is still being opened the cluster is told by the closing of its channel.
      if (bench) void bench.close().then(leave, leave)
      else leave()
    },
    kill: leave,
  })
  bench = await openBench({ options, tell })
  try {
    const chosen = FIGURES.filter(({ name }) => options.only?.includes(name) ?? true)
    const { measurements, broken } = await measureAll(chosen, bench)
    const surroundings = describeMachine(await readLoadedDocuments(bench.cluster().env))
    if (options.isJson) {
      console.log(
        JSON.stringify(
          {
            measuredAt: new Date().toISOString(),
            ...surroundings,
            figures: measurementsAsJson(measurements),
            broken,
          },
          null,
          2,
        ),
      )
    } else {
      const { machine, documents } = surroundings
      const memory = `内存 ${Math.round(machine.memoryBytes / 2 ** 30)} GB`
      const loaded = `公开内容 ${documents.public} 篇，其中导入的真实文件 ${documents.imported} 篇`
      console.log(`\n${machine.cores} 核（${machine.processor}），${memory}，Node ${machine.node}；${loaded}\n`)
      console.log(describeMeasurements(measurements))
    }
    return broken.length > 0 ? 1 : 0
  } finally {
    await bench.close()
  }
}

/** A figure that breaks leaves the others their turn. */
async function measureAll(
  figures: readonly Figure[],
  bench: Bench,
): Promise<{ measurements: Measurement[]; broken: string[] }> {
  const measurements: Measurement[] = []
  const broken: string[] = []
  for (const figure of figures) {
    bench.tell(`… 测量：${figure.label}`)
    try {
      measurements.push(...(await figure.measure(bench)))
    } catch (error) {
      broken.push(`${figure.name}: ${error instanceof Error ? error.message : String(error)}`)
      bench.tell(
        `✗ ${figure.label}没有测成：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
    }
  }
  return { measurements, broken }
}
