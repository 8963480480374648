import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** No 0 or O, no 1, I or L: the code is read over the telephone and copied by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** 31^12 codes, 59 bits: nobody finds another's letter by trying. */
const LENGTH = 12
const GROUP = 4
/** Bytes from here on would make the first characters of the alphabet likelier than the others. */
const FAIR_BYTES = Math.floor(256 / ALPHABET.length) * ALPHABET.length

/** A new query code, `XXXX-XXXX-XXXX`. `randomBytes` must be cryptographically strong. */
export function makeCode(randomBytes: (count: number) => Uint8Array): string {
  let code = ''
  while (code.length < LENGTH) {
    const fair = [...randomBytes(LENGTH)].filter((byte) => byte < FAIR_BYTES)
    code += fair.map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  }
  return groupCode(code.slice(0, LENGTH))
}

/**
 * A code as people type it (any case, with spaces, dashes or full-width letters) → its 12 characters; `null` when it
 * is no code.
 */
export function normaliseCode(typed: string): string | null {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]+/gu, '')
  return bare.length === LENGTH && [...bare].every((character) => ALPHABET.includes(character)) ? bare : null
}

/** Twelve characters → the form that is shown, `XXXX-XXXX-XXXX`. */
export function groupCode(bare: string): string {
  return bare.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? bare
}

/** SHA-256 of a normalised code, in hex: all that is ever kept or looked up. */
export function hashCode(bare: string): string {
  return bytesToHex(sha256(utf8ToBytes(bare)))
}
