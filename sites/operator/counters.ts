/** Renders of which times are kept; enough for a percentile, few enough to sort at each question. */
const KEPT_TIMINGS = 1_000
const SHOWN_TIMINGS = 20

export type Counters = ReturnType<typeof createCounters>

/** What a portal process has done since its start, for operators and measurements. */
export function createCounters() {
  const counts = {
    hits: 0,
    misses: 0,
    renders: 0,
    unstored: 0,
    notModified: 0,
    purgedPages: 0,
    feedEvents: 0,
    errors: 0,
  }
  const timings: Array<{ page: string; ms: number }> = []
  let position = 0

  return {
    counts,
    timed: (page: string, ms: number): void => {
      timings[position % KEPT_TIMINGS] = { page, ms: Math.round(ms * 100) / 100 }
      position += 1
    },
    report: () => {
      const sorted = timings.map((timing) => timing.ms).sort((left, right) => left - right)
      const percentile = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? null
      const latest =
        position <= KEPT_TIMINGS
          ? timings
          : [...timings.slice(position % KEPT_TIMINGS), ...timings.slice(0, position % KEPT_TIMINGS)]
      return {
        ...counts,
        renderMs: { count: position, p50: percentile(0.5), p95: percentile(0.95), max: sorted.at(-1) ?? null },
        latestRenders: latest.slice(-SHOWN_TIMINGS),
      }
    },
  }
}
