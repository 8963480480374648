/**
 * The value that `part` (0 to 1) of the values do not exceed, by nearest rank: always a value that was measured, never
 * one in between.
 * Throws `RangeError` on no values.
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const found = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
  if (found === undefined) throw new RangeError('a percentile needs at least one value')
  return found
}

/** The middle value; of an even number the mean of the two in the middle. Throws `RangeError` on no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  if (lower === undefined || upper === undefined) throw new RangeError('a median needs at least one value')
  return (lower + upper) / 2
}

/** What a series of times (milliseconds) looked like, rounded to hundredths. */
export function summarise(values: readonly number[]): { count: number; p50: number; p95: number; max: number } {
  return {
    count: values.length,
    p50: round(percentile(values, 0.5)),
    p95: round(percentile(values, 0.95)),
    max: round(Math.max(...values)),
  }
}

/** To hundredths: more digits than that are noise. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}
