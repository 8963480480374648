/** How a run of tests ended. */
export type TestCounts = { passed: number, failed: number, skipped: number }

/** The last line of `npm test`, read by people and by CI. */
export function describeCounts({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
