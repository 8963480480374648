import type { PayloadRequest } from 'payload'

/** Longer than any address; what is longer was made up. */
const LONGEST = 45

/**
 * The address that a request came from: the last hop that the front (or the server itself) has written down. What stands further left in
 * the header is what the client said of itself. Null for the cluster's own deeds.
 */
export function addressOf(req: PayloadRequest): string | null {
  const hop = req.headers?.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return /^[0-9A-Fa-f.:]+$/.test(hop) && hop.length <= LONGEST ? hop : null
}
