import { type DestinationStream, type Logger, pino } from 'pino'

/** Notes a fault for the operator: what was being done, and why it did not work. */
export type Fault = (what: string, error: unknown, more?: Record<string, unknown>) => void

/** The same fault again is counted, not written, for this long: what is down is asked many times a second. */
const AGAIN_MS = 10_000
/** More different faults than this are not remembered. */
const REMEMBERED = 200

/**
 * One JSON line per fault, on standard output where no other place is given. A fault that keeps coming is written once in ten seconds, with
 * how often it came meanwhile (`repeated`).
 */
export function faultLog(
  name: string, place: DestinationStream = pino.destination(1), steady: () => number = () => performance.now(),
): { log: Logger; onFault: Fault } {
  const log = pino({
    name, base: undefined, timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      // What frameworks log themselves: an error without a message of its own lends its own, values and all.
      logMethod(given, method) {
        const [first, message] = given as unknown[]
        const error = first instanceof Error ? first : typeof first === 'object' && first !== null && 'err' in first ? first.err : null
        if (!(error instanceof Error)) return method.apply(this, given)
        const fields = first instanceof Error ? {} : first as Record<string, unknown>
        return method.apply(this, [{ ...fields, err: undefined, ...described(error) }, withoutValues(typeof message === 'string' ? message : error.message)])
      },
    },
  }, place)
  const seen = new Map<string, { at: number; repeated: number }>()
  const onFault: Fault = (what, error, more = {}) => {
    const key = `${what} ${causeOf(error)}`
    const before = seen.get(key)
    if (before && steady() - before.at < AGAIN_MS) {
      before.repeated += 1
      return
    }
    if (seen.size >= REMEMBERED) seen.clear()
    seen.set(key, { at: steady(), repeated: 0 })
    log.error({ what, ...described(error), ...more, ...(before && before.repeated > 0 ? { repeated: before.repeated } : {}) })
  }
  return { log, onFault }
}

/**
 * What nobody has caught ends the process, as it would anyway, but with one line that says why instead of a page of it; whoever supervises
 * the process starts it again.
 */
export function endOnUncaught(onFault: Fault, end: () => void = () => process.exit(1)): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      onFault('uncaught', error)
      end()
    })
  }
}

/** What lies at the bottom of a fault: by this two faults are the same. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return causeOf(error.cause)
  return `${error.name} ${'code' in error ? String(error.code) : ''} ${error.message}`
}

/** Errors of drivers carry whole connections with them, passwords included: only what says why is noted. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { reason: withoutValues(String(error)) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause instanceof Error ? { cause: described(error.cause) } : {}
  return { error: error.name, reason: withoutValues(error.message), ...code, ...(error.stack ? { stack: withoutValues(error.stack) } : {}), ...cause }
}

/** Drizzle tells with a failed statement what it was given: names and telephones of people among it. */
const withoutValues = (text: string): string => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |\ncaused by: |$)/g, '')
