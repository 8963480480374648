import { randomUUID } from 'node:crypto'

/** What a request id may look like: it goes into logs, headers and rows as it is. */
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/** The id that came with a request, where it is one; a fresh one otherwise. */
export function acceptRequestId(given: unknown): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}
