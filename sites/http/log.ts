/** One JSON line per failure, with the number that the reader's error page shows. Stacks are for operators only. */
export function logFailure({ reference, what, error }: { reference: string; what: string; error: unknown }): void {
  const isError = error instanceof Error
  const line = {
    time: new Date().toISOString(),
    level: 'error',
    reference,
    what,
    error: isError ? `${error.name}: ${error.message}` : String(error),
    ...(isError && error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {}),
    ...(isError && error.stack ? { stack: error.stack } : {}),
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

/** One JSON line on something that is well again. */
export function logNews(what: string): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level: 'info', what })}\n`)
}

/** Lets the first of many equal failures through, and the next only after `milliseconds`. */
export function atMostEvery(milliseconds: number, log: (error: unknown) => void): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - last < milliseconds) return
    last = performance.now()
    log(error)
  }
}
