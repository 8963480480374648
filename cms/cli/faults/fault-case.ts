import type { Ledger } from './ledger.ts'
import type { Trial } from './open-trial.ts'
import type { Readers } from './readers.ts'

/** What one fault, or one series of them, came to. */
export type Outcome = {
  /** For people: what was done, in a few words. */
  what: string
  /** Each a sentence on something that should not have happened. Empty: all is well. */
  faults: string[]
  /** Times and counts worth telling. */
  figures?: Record<string, number>
  /** Looks once more when the clerks have stopped and all has settled; answers further faults. */
  afterwards?: () => Promise<string[]>
  /** Said instead of the rest where this machine cannot do it. */
  skipped?: string
}

export type Stage = {
  trial: Trial
  readers: Readers
  ledger: Ledger
  /** How long one fault lasts, in milliseconds. */
  holdMs: number
  /** How many processes are killed altogether. */
  kills: number
  /** The same sequence of chance for the same number. */
  seed: number
  tell: (sentence: string) => void
}

export type FaultCase = {
  name: string
  label: string
  /** Breaks something, lets it be for a while, mends it. Clerks and readers are at work meanwhile. */
  run: (stage: Stage) => Promise<Outcome[]>
}
