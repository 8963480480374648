/** Two polls of the feed and a little: one that fails may be chance. */
const SILENCE_MS = 35_000

export type Health = { word: 'ok' | 'starting' | 'delivery-unreachable'; status: 200 | 503 }

/**
 * How a portal is, in one word. Stored pages are served with everything else down, so 503 is kept for a portal that
 * can serve nothing: one that knows no site yet, or has no page and nobody to ask.
 */
export function portalHealth({
  now,
  contactAt,
  isDirectoryKnown,
  entries,
}: {
  now: number
  /** When the change feed was last heard of; 0 for never. */
  contactAt: number
  isDirectoryKnown: boolean
  entries: number
}): Health {
  const isReachable = now - contactAt <= SILENCE_MS
  if (!isDirectoryKnown)
    return { word: isReachable || contactAt === 0 ? 'starting' : 'delivery-unreachable', status: 503 }
  if (isReachable) return { word: 'ok', status: 200 }
  return { word: 'delivery-unreachable', status: entries > 0 ? 200 : 503 }
}
