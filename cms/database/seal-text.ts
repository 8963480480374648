import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A key for one purpose, derived from the cluster's (RFC 5869): what one purpose has sealed, no other opens. */
function keyFor(purpose: string, secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `establishment-office-cluster:${purpose}`, 32))
}

export type Seal = {
  secret: string
  /** What the text is for, and whose it is: a sealed text that was moved to another row does not open. */
  purpose: string
  owner: string
}

/** Encrypts a text that must lie in the database and may be read by nobody who has only the database. */
export function sealText(text: string, { secret, purpose, owner }: Seal): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, keyFor(purpose, secret), nonce).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** @returns the text; null when it was sealed with another key, for another purpose or owner, or was changed */
export function openText(sealed: string, { secret, purpose, owner }: Seal): string | null {
  try {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv(ALGORITHM, keyFor(purpose, secret), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
