import { pino } from 'pino'
import { currentRequestId } from './request-id.ts'

const log = pino(
  {
    name: 'portal',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination(2),
)

/**
 * One JSON line per failure, with the number that the reader's error page shows and the request's id. Stacks are for
 * operators only; what a reader searched for, and the keys in addresses, are for nobody.
 */
export function logFailure({ reference, what, error }: { reference: string; what: string; error: unknown }): void {
  const isError = error instanceof Error
  const requestId = currentRequestId()
  log.error({
    reference,
    what: discreet(what),
    ...(requestId ? { requestId } : {}),
    error: discreet(isError ? `${error.name}: ${error.message}` : String(error)),
    ...(isError && error.cause instanceof Error
      ? { cause: discreet(`${error.cause.name}: ${error.cause.message}`) }
      : {}),
    ...(isError && error.stack ? { stack: discreet(error.stack) } : {}),
  })
}

/** One JSON line on something that is well again. */
export function logNews(what: string): void {
  log.info({ what })
}

/** Query strings hold what people search for and the codes of their letters; long words in paths are keys. */
export function discreet(text: string): string {
  return text.replace(/\?[^\s"']+/g, '?…').replace(/(?<=\/)[A-Za-z0-9_.%-]{32,}/g, '…')
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
