import { randomUUID } from 'node:crypto'
import type { PayloadRequest } from 'payload'

/** What a request id may look like: it goes into logs, headers and rows as it is. */
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/** The id that came with a request, where it is one; a fresh one otherwise. */
export function acceptRequestId(given: string | null | undefined): string {
  return given && REQUEST_ID.test(given) ? given : randomUUID()
}

/** The id under which this request stands in logs, audit rows and jobs: the portal's or the front's, or one of its own, the same to its end. */
export function requestIdOf(req: PayloadRequest): string {
  const known = req.context.requestId
  if (typeof known === 'string') return known
  const id = acceptRequestId(req.headers?.get('x-request-id'))
  req.context.requestId = id
  return id
}
