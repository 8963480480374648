import { pino, type Logger } from 'pino'

/** Notes a fault for the operator: what was being done, and why it did not work. */
export type Fault = (what: string, error: unknown, more?: Record<string, unknown>) => void

/** One JSON line per fault, on standard output. */
export function faultLog(name: string): { log: Logger; onFault: Fault } {
  const log = pino({ name, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
  const onFault: Fault = (what, error, more = {}) => log.error({ what, err: error, ...more })
  return { log, onFault }
}
