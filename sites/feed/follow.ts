import { setTimeout as wait } from 'node:timers/promises'
import type { FeedEvent } from '@cluster/shared/delivery/api'
import type { DeliveryClient } from '../data/delivery.ts'
import { Unreachable } from '../data/failures.ts'
import { parseEvents } from './parse-events.ts'

/**
 * Catches what a broken line has swallowed, and shows that the delivery server is there while nothing is published.
 */
export const POLL_MS = 15_000
/** The server says something every 15 s; a line on which nothing came for this long is dead, whatever it looks like. */
const SILENCE_MS = 20_000
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5_000

export type FeedFollower = ReturnType<typeof createFeedFollower>

/**
 * Follows the change feed: events as they come, and a slow poll beside. Each event is applied once, in the feed's
 * order, which is the order of commits.
 */
export function createFeedFollower({
  delivery,
  startAt,
  apply,
  reset,
  onContact,
  onBreak = () => undefined,
  onMend = () => undefined,
  onError,
  silenceMs = SILENCE_MS,
}: {
  delivery: Pick<DeliveryClient, 'feedSince' | 'feedStream'>
  /** Number of the last event applied by an earlier process; 0 for none. */
  startAt: number
  apply: (event: FeedEvent) => void
  /** The feed ends before what we have seen: it is another database's, and nothing that we keep belongs to it. */
  reset: (seq: number) => Promise<void>
  onContact: () => void
  /** The line broke, or could not be opened; told once, until it has been mended. */
  onBreak?: (error: unknown) => void
  /** It was opened again, after so many milliseconds. */
  onMend?: (silentMs: number) => void
  onError: (error: unknown) => void
  silenceMs?: number
}) {
  const stopping = new AbortController()
  let seq = startAt
  let isConnected = false
  let poll: NodeJS.Timeout | undefined

  function take(event: FeedEvent): void {
    if (event.seq <= seq) return
    apply(event)
    seq = event.seq
  }

  /** Applies everything up to the feed's end. Throws when the delivery server does not answer. */
  async function catchUp(): Promise<void> {
    for (;;) {
      // The stream may move on while the question is under way: the answer is judged by where it was asked from.
      const asked = seq
      const slice = await delivery.feedSince(asked)
      onContact()
      if (slice.last < asked) {
        await reset(slice.last)
        seq = slice.last
        return
      }
      slice.events.forEach(take)
      if (slice.events.length === 0) seq = Math.max(seq, slice.last)
      if (seq >= slice.last) return
    }
  }

  async function follow(): Promise<void> {
    let retryMs = FIRST_RETRY_MS
    let brokenAt: number | null = null
    while (!stopping.signal.aborted) {
      const silent = new AbortController()
      const watch = setTimeout(() => silent.abort(), silenceMs)
      let reason: unknown = new Unreachable('the change feed ended')
      try {
        const stream = await delivery.feedStream(seq, AbortSignal.any([stopping.signal, silent.signal]))
        isConnected = true
        // A server that came back may be another database's: its stream alone would not say so.
        await catchUp()
        const onSign = () => {
          watch.refresh()
          onContact()
          // A server that is about to end opens a line and closes it again without a word: that is no end of the outage.
          retryMs = FIRST_RETRY_MS
          if (brokenAt !== null) onMend(performance.now() - brokenAt)
          brokenAt = null
        }
        for await (const event of parseEvents(stream, onSign)) take(event)
      } catch (error) {
        reason = silent.signal.aborted ? new Unreachable(`the change feed was silent for ${silenceMs} ms`) : error
        const isBrokenLine = reason instanceof Unreachable || reason instanceof TypeError
        if (!stopping.signal.aborted && !isBrokenLine) onError(reason)
      }
      clearTimeout(watch)
      silent.abort()
      isConnected = false
      if (brokenAt === null && !stopping.signal.aborted) {
        brokenAt = performance.now()
        onBreak(reason)
      }
      await wait(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    }
  }

  return {
    catchUp,
    seq: () => seq,
    isConnected: () => isConnected,
    start: (): void => {
      void follow()
      poll = setInterval(() => void catchUp().catch(() => undefined), POLL_MS)
    },
    stop: (): void => {
      clearInterval(poll)
      stopping.abort()
    },
  }
}
