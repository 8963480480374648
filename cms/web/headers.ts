import { HSTS } from '@cluster/shared/http/security-headers'

/**
 * The policy of an admin page. Scripts by nonce: the framework writes some into each page, and loads the others by them. Styles may stand in
 * elements, because its editor, menus and lists place themselves so; pictures may be previews of what is about to be uploaded.
 */
export const adminPolicy = (nonce: string, frames: string) => [
  "default-src 'self'",
  `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  // The live preview of a home page is the portal's own page.
  `frame-src 'self' ${frames}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Answers to programs hold nothing that a browser should do anything with. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
/** A file that somebody uploaded, opened by itself. */
const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** Which policy an address has: pages of the admin their own, everything else one that lets nothing happen. */
export function policyFor(path: string, nonce: string, frames: string): string {
  // A browser's viewer of PDFs is stopped by a sandbox; it runs none of our origin's scripts.
  if (path.startsWith('/api/media/file/')) return /\.pdf$/i.test(path) ? DATA_POLICY : FILE_POLICY
  return path.startsWith('/api/') || path.startsWith('/_next/') || path === '/healthz' ? DATA_POLICY : adminPolicy(nonce, frames)
}

/** Sent with everything that the CMS answers, beside its policy. */
export function fixedHeaders({ isTls }: { isTls: boolean }): ReadonlyArray<readonly [string, string]> {
  return [
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'same-origin'],
    ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ...(isTls ? [['Strict-Transport-Security', HSTS] as const] : []),
  ]
}
