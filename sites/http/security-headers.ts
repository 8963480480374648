import { HSTS, PORTAL_HEADERS } from '@cluster/shared/http/security-headers'

/** Sent with everything. */
export const SECURITY_HEADERS: Record<string, string> = { ...PORTAL_HEADERS }

/**
 * From now on readers' browsers are told to come by TLS only. Once, at the start, where the portal's own address says `https`: said on a
 * plain connection it would lock readers out of a portal that has no certificate.
 */
export function announceTls(): void {
  SECURITY_HEADERS['Strict-Transport-Security'] = HSTS
}
