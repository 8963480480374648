import type { Bench } from './open-bench.ts'

export type Unit = 'ms' | 's' | 'ratio' | 'documents/s' | 'MB' | 'renders' | 'requests'

/** What a figure must reach: at most so much time or memory, at least so much speed. */
export type Bound = { atMost: number } | { atLeast: number }

export type Measurement = {
  /** Name of the figure that it belongs to, as `--only` takes it. */
  figure: string
  /** What was measured, for people. */
  label: string
  unit: Unit
  /** Null where the value is told for information only. */
  bound: Bound | null
  /** Null where it could not be measured; `note` says why. */
  measured: number | null
  note?: string
  /** Whatever else was seen, for the JSON. */
  details?: Record<string, unknown>
}

export type Figure = {
  name: string
  label: string
  measure: (bench: Bench) => Promise<Measurement[]>
}

/** True or false where there is a bound and a value; null where there is nothing to judge. */
export function isReached({ bound, measured }: Pick<Measurement, 'bound' | 'measured'>): boolean | null {
  if (bound === null || measured === null) return null
  return 'atMost' in bound ? measured <= bound.atMost : measured >= bound.atLeast
}
