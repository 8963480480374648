import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { givenEnvironment } from '../../env.ts'
import { describeCounts } from '../../testing/counts.ts'
import { buildStale } from '../build-stale.ts'
import { dataFolders, makeDataFolders, ROOT } from '../folders.ts'
import { say } from '../progress.ts'
import { readJson } from '../read-json.ts'

const countsSchema = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() })

/**
 * `npm test [-- FILTER …]`: builds what is stale (journeys walk through the built portal) and runs everything;
 * `--no-build` leaves the builds as they are. The last line tells the counts. Answers the exit code.
 */
export async function run(argv: string[]): Promise<number> {
  const folders = dataFolders(join('.data', 'test'))
  makeDataFolders(folders)
  if (!argv.includes('--no-build')) await buildStale(folders)
  const scratch = mkdtempSync(join(tmpdir(), 'cluster-counts-'))
  const countsFile = join(scratch, 'counts.json')
  try {
    const code = await runVitest(argv.filter((argument) => argument !== '--no-build'), countsFile)
    const counts = readJson(countsFile, countsSchema) ?? { passed: 0, failed: 0, skipped: 0 }
    // The runner itself fell over, or found nothing to run: that is a failure too.
    if (code !== 0 && counts.failed === 0) counts.failed = 1
    say(`\n${describeCounts(counts)}`)
    return counts.failed > 0 ? Math.max(code, 1) : 0
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function runVitest(args: string[], countsFile: string): Promise<number> {
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    cwd: ROOT,
    env: { ...givenEnvironment(), NODE_ENV: 'test', TEST_COUNTS_FILE: countsFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}
