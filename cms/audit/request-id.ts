import type { PayloadRequest } from 'payload'
import { acceptRequestId } from '../metrics/accept-request-id.ts'
import { currentRequestId } from '../metrics/current-request.ts'

/** The id under which this request stands in logs, audit rows and jobs: the portal's or the front's, or one of its own, the same to its end. */
export function requestIdOf(req: PayloadRequest): string {
  const known = req.context.requestId
  if (typeof known === 'string') return known
  const id = acceptRequestId(req.headers?.get('x-request-id') ?? currentRequestId())
  req.context.requestId = id
  return id
}
