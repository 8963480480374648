/** More wait than can be answered in time: the reader is told to come back. */
export class Overloaded extends Error {
  override name = 'Overloaded'
}

/**
 * Runs at most `parallel` deeds at once; further ones wait in order, up to `waiting` of them. Throws `Overloaded`
 * beyond.
 */
export function createLimit({ parallel, waiting }: { parallel: number; waiting: number }) {
  const queue: Array<() => void> = []
  let running = 0

  return async function limited<Result>(deed: () => Promise<Result>): Promise<Result> {
    if (running >= parallel) {
      if (queue.length >= waiting) throw new Overloaded('too many pages are being made')
      await new Promise<void>((resolve) => queue.push(resolve))
    } else {
      running += 1
    }
    try {
      return await deed()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
