/** Pages carry no inline style or script, so one fixed policy serves all of them, stored or not. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "base-uri 'self'",
  "form-action 'self'",
  // Nobody may lay a letter form of ours under a page of theirs.
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/** Sent with everything. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}
