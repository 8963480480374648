import { setTimeout as wait } from 'node:timers/promises'

/** One request of a steady stream. */
export type Timed = {
  /** From the moment at which it was due, not from when it was sent: a server that stalls makes all who come meanwhile wait. */
  ms: number
  /** Why it failed; null when it did not. */
  failure: string | null
  kind: string
}

/**
 * Sends requests at a steady rate, however long the answers take: readers do not wait for one another. `request` answers what kind of
 * request it was; a rejection is a failure of that request alone.
 */
export async function runOpenLoop({ perSecond, seconds, kindOf, request }: {
  perSecond: number
  seconds: number
  kindOf: (number: number) => string
  request: (number: number) => Promise<void>
}): Promise<Timed[]> {
  const start = performance.now()
  const all: Promise<Timed>[] = []
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const due = start + number * 1000 / perSecond
    const early = due - performance.now()
    if (early > 0) await wait(early)
    const kind = kindOf(number)
    all.push(request(number).then(
      () => ({ ms: performance.now() - due, failure: null, kind }),
      (error: unknown) => ({ ms: performance.now() - due, failure: error instanceof Error ? error.message : String(error), kind }),
    ))
  }
  return Promise.all(all)
}
