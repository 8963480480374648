import { type DestinationStream, type Logger, pino } from 'pino'

/** Notes a fault for the operator: what was being done, and why it did not work. */
export type Fault = (what: string, error: unknown, more?: Record<string, unknown>) => void

/** One JSON line per fault, on standard output where no other place is given. */
export function faultLog(name: string, place: DestinationStream = pino.destination(1)): { log: Logger; onFault: Fault } {
  const log = pino({ name, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, place)
  const onFault: Fault = (what, error, more = {}) => log.error({ what, ...described(error), ...more })
  return { log, onFault }
}

/** Errors of drivers carry whole connections with them, passwords included: only what says why is noted. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { reason: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause instanceof Error ? { cause: described(error.cause) } : {}
  return { error: error.name, reason: error.message, ...code, stack: error.stack, ...cause }
}
