/**
 * Sent with everything. One fixed policy serves stored pages, because pages carry no inline style or script.
 * `frame-ancestors` keeps the portal out of others' frames, where a letter form could be overlaid.
 */
export const SECURITY_HEADERS: ReadonlyArray<readonly [string, string]> = [
  ['Content-Security-Policy',
    "default-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
]

/** The same, flat, as `writeHead` takes it. */
export const SECURITY_HEADERS_FLAT: readonly string[] = SECURITY_HEADERS.flat()
