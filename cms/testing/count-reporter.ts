import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { givenEnvironment } from '../env.ts'
import { CHROMIUM_HINT, findChromium } from './chromium.ts'
import { describeCounts, type TestCounts } from './counts.ts'

/**
 * Counts what ran. Under `npm test` the counts go to the file that TEST_COUNTS_FILE names, for its very last line;
 * otherwise they are printed here.
 */
export const countReporter: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = countTests(modules, unhandledErrors.length)
    if (counts.skipped > 0 && !findChromium()) console.log(`\n${CHROMIUM_HINT}`)
    const file = givenEnvironment().TEST_COUNTS_FILE
    if (file) writeFileSync(file, JSON.stringify(counts))
    else console.log(`\n${describeCounts(counts)}`)
  },
}

/** A file that could not even be loaded, and an error outside any test, count as one failure each. */
function countTests(modules: readonly TestModule[], unhandledErrors: number): TestCounts {
  const counts = { passed: 0, failed: unhandledErrors, skipped: 0 }
  for (const module of modules) {
    const before = counts.failed
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      // Pending at the end: its hooks failed or the run was cancelled, and a test that did not run has not passed.
      if (state === 'pending') counts.failed += 1
      else counts[state] += 1
    }
    if (module.state() === 'failed' && counts.failed === before) counts.failed += 1
  }
  return counts
}
