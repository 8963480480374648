import type { Bodies, Encoding } from './page.ts'

const MAX_REMEMBERED = 200
const remembered = new Map<string, readonly Encoding[]>()

/**
 * The encodings that a reader accepts, the one we prefer first (RFC 9110 §12.5.3); browsers send few spellings, so
 * they are kept.
 */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  if (header === undefined || header === '') return ['identity']
  const known = remembered.get(header)
  if (known) return known
  const parsed = parseAcceptEncoding(header)
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(header, parsed)
  return parsed
}

function parseAcceptEncoding(header: string): readonly Encoding[] {
  const weights = new Map(
    header
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
        const weight = parameters.find((parameter) => parameter.startsWith('q='))
        return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0] as const
      }),
  )
  const accepts = (name: Encoding) => (weights.get(name) ?? weights.get('*') ?? 0) > 0
  const compressed = (['br', 'gzip'] as const).filter(accepts)
  return [...compressed, 'identity']
}

/** The best form that there is of what the reader accepts. */
export function chooseEncoding(bodies: Bodies, header: string | undefined): Encoding {
  return acceptedEncodings(header).find((encoding) => bodies[encoding] !== null) ?? 'identity'
}

/** The entity tag of one form: the same page has another one for each encoding, since the bytes differ. */
export function entityTag(digest: string, encoding: Encoding): string {
  return encoding === 'identity' ? `"${digest}"` : `"${digest}-${encoding}"`
}

/**
 * True when the reader already has this page. Weak comparison over all encodings: whichever form the reader kept says
 * the same. Static servers in front write tags of their own, which never match.
 */
export function isKnownToReader(ifNoneMatch: string | undefined, digest: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((tag) => {
    const bare = tag.trim().replace(/^W\//, '')
    return bare === `"${digest}"` || bare === `"${digest}-gzip"` || bare === `"${digest}-br"`
  })
}
