/** Seconds since `start` (as of `performance.now()`), as people read them: `3.2 秒`, `1 分 05 秒`. */
export function elapsedSince(start: number): string {
  const seconds = (performance.now() - start) / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} 秒`
  return `${Math.floor(seconds / 60)} 分 ${String(Math.floor(seconds % 60)).padStart(2, '0')} 秒`
}

/** One sentence to the operator. */
export function say(sentence: string): void {
  console.log(sentence)
}

/**
 * Announces a piece of work, does it, and says how long it took. On a terminal one line is kept up to date;
 * elsewhere (logs, CI) each state is a line of its own.
 */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const isTerminal = process.stdout.isTTY
  const draw = () => process.stdout.write(`\r\x1b[K… ${title}（${elapsedSince(start)}）`)
  const clear = () => { if (isTerminal) process.stdout.write('\r\x1b[K') }
  if (!isTerminal) console.log(`… ${title}`)
  const timer = isTerminal ? setInterval(draw, 200) : undefined
  if (isTerminal) draw()
  try {
    const result = await work()
    clear()
    console.log(`✓ ${title}（${elapsedSince(start)}）`)
    return result
  } catch (error) {
    clear()
    console.log(`✗ ${title}（${elapsedSince(start)}）`)
    throw error
  } finally {
    clearInterval(timer)
  }
}
