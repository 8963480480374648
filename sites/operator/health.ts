/** Two polls of the feed and a little: one that fails may be chance. */
const SILENCE_MS = 35_000

export type Health = { word: 'ok' | 'starting' | 'delivery-unreachable'; status: 200 | 503 }

/**
 * How a portal is, in one word. Stored pages are served with everything else down, so 503 is kept for a portal that
 * can serve nothing: one that knows no site yet, or has no page and nobody to ask.
 */
export function portalHealth({
  silenceMs,
  isDirectoryKnown,
  entries,
}: {
  /** How long nothing was heard of the delivery server; infinite for never. */
  silenceMs: number
  isDirectoryKnown: boolean
  entries: number
}): Health {
  const isReachable = silenceMs <= SILENCE_MS
  if (!isDirectoryKnown)
    return { word: isReachable || silenceMs === Number.POSITIVE_INFINITY ? 'starting' : 'delivery-unreachable', status: 503 }
  if (isReachable) return { word: 'ok', status: 200 }
  return { word: 'delivery-unreachable', status: entries > 0 ? 200 : 503 }
}
