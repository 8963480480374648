import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'

/**
 * The digest that people sign and the public can check: `sha256:` and the hex hash of the RFC 8785 (JCS) form.
 * @throws TypeError when the content holds something that JSON cannot.
 */
export function contentDigest(content: unknown): string {
  const canonical = canonicalize(content)
  if (canonical === undefined) throw new TypeError('content has no JSON form')
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonical)))}`
}
