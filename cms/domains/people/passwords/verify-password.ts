import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)
/** How Payload hashes a password, as of the prefix that it writes. */
const CURRENT = { prefix: 'pbkdf2-sha256-v1:', iterations: 600_000, keyLength: 32 }
const EARLIER = { prefix: '', iterations: 25_000, keyLength: 512 }

export type KeptPassword = { salt: string; hash: string }

/** True when the password is the one that was hashed. */
export async function isPassword(password: string, { salt, hash }: KeptPassword): Promise<boolean> {
  const way = hash.startsWith(CURRENT.prefix) ? CURRENT : EARLIER
  const kept = Buffer.from(hash.slice(way.prefix.length), 'hex')
  const derived = await derive(password, salt, way.iterations, way.keyLength, 'sha256')
  return kept.length === derived.length && timingSafeEqual(kept, derived)
}

const NOBODYS: KeptPassword = { salt: randomBytes(32).toString('hex'), hash: CURRENT.prefix + randomBytes(CURRENT.keyLength).toString('hex') }

/** Takes the time of a comparison where there is nothing to compare with: how long an answer takes must not tell which accounts exist. */
export async function compareInVain(password: string): Promise<false> {
  await isPassword(password, NOBODYS)
  return false
}
