/** Pages carry no inline style or script, so one fixed policy serves all of them, stored or not. */
export const PORTAL_POLICY = [
  "default-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  // Nobody may lay a letter form of ours under a page of theirs.
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/**
 * The headers of a page that these origins may show in a frame: the live preview in the admin, and nothing else. The
 * older header knows no origins, so it is absent there.
 */
export function framedBy(headers: Readonly<Record<string, string>>, origins: readonly string[]): Record<string, string> {
  const { 'X-Frame-Options': _, ...rest } = headers
  // A picture that is not public yet stands in the page itself.
  return { ...rest, 'Content-Security-Policy': `${PORTAL_POLICY.replace("frame-ancestors 'none'", `frame-ancestors ${origins.join(' ')}`)}; img-src 'self' data:` }
}

/** Two years, as browsers' own lists ask for; the sites of a cluster are hosts of their own, so each says it for itself. */
export const HSTS = 'max-age=63072000'

/** What the portal sends with everything, and a static server in front of it too. */
export const PORTAL_HEADERS = {
  'Content-Security-Policy': PORTAL_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The sites of one cluster may show each other's pictures, nobody else may.
  'Cross-Origin-Resource-Policy': 'same-site',
} as const
