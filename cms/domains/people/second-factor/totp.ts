import { Secret, TOTP } from 'otpauth'
import { CODE_PERIOD_SECONDS } from '@cluster/shared/people/second-factor'

/** RFC 4226 asks for 128 bits at least and recommends 160. */
const SECRET_BYTES = 20
/** Clocks of telephones are a little off: the code before and the one after are taken too. */
const WINDOW = 1
const ISSUER = '机构编制网站群'

const totpOf = (secret: string, label = '') => new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: CODE_PERIOD_SECONDS, secret: Secret.fromBase32(secret) })

/** A fresh secret, in base 32. */
export const makeSecret = () => new Secret({ size: SECRET_BYTES }).base32

/** What the QR code says to an authenticator application. */
export const addressOfSecret = (secret: string, email: string) => totpOf(secret, email).toString()

/** The time step that the code belongs to, near `now`; null when it belongs to none. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = totpOf(secret).validate({ token: code, window: WINDOW, timestamp: now.getTime() })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / CODE_PERIOD_SECONDS) + delta
}

/** The code that a telephone with this secret shows. */
export const codeAt = (secret: string, now: Date) => totpOf(secret).generate({ timestamp: now.getTime() })
