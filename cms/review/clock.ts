import type { PayloadRequest } from 'payload'

/** The clock of a request. Demo content passes its own, into an empty database only; every request from outside has the real one. */
export function clockOf(req: PayloadRequest): Date {
  return req.context.clock instanceof Date ? req.context.clock : new Date()
}
