import type { Trial } from './open-trial.ts'
import { untilSettled } from './settle.ts'

/** Waits for order to come back by itself; answers what has not, as a sentence that begins with `what`. */
export async function trySettling(trial: Trial, what: string, withinMs = 90_000): Promise<string[]> {
  try {
    await untilSettled(trial, withinMs)
    return []
  } catch (error) {
    return [`${what}：${error instanceof Error ? error.message : String(error)}`]
  }
}
