/** What was read that recently is rendered again at once when it is purged: the next reader finds it ready. */
export const WARM_AFTER_REQUEST_MS = 10 * 60 * 1000
const PARALLEL = 2

/**
 * Renders pages in the background, a few at a time, each once however often it is asked for. `deed` must not reject.
 */
export function createWarmer<Target>({
  keyOf,
  deed,
}: {
  keyOf: (target: Target) => string
  deed: (target: Target) => Promise<unknown>
}) {
  const waiting = new Map<string, Target>()
  let running = 0
  let wake: Array<() => void> = []

  function next(): void {
    while (running < PARALLEL) {
      const first = waiting.entries().next()
      if (first.done) break
      const [key, target] = first.value
      waiting.delete(key)
      running += 1
      void deed(target).finally(() => {
        running -= 1
        next()
      })
    }
    if (running === 0 && waiting.size === 0) {
      wake.forEach((resolve) => resolve())
      wake = []
    }
  }

  return {
    add: (target: Target): void => {
      waiting.set(keyOf(target), target)
      next()
    },
    waiting: () => waiting.size + running,
    /** Resolves when nothing is left to do. */
    idle: (): Promise<void> =>
      running === 0 && waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => wake.push(resolve)),
  }
}
