import type { FeedEvent } from '@cluster/shared/delivery/api'
import type { DeliveryClient } from '../data/delivery.ts'
import { parseEvents } from './parse-events.ts'

/** Catches what a broken line has swallowed, and shows that the delivery server is there while nothing is published. */
export const POLL_MS = 15_000
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5_000

export type FeedFollower = ReturnType<typeof createFeedFollower>

/**
 * Follows the change feed: events as they come, and a slow poll beside. Each event is applied once, in the feed's order,
 * which is the order of commits.
 */
export function createFeedFollower({ delivery, startAt, apply, reset, onContact, onError }: {
  delivery: Pick<DeliveryClient, 'feedSince' | 'feedStream'>
  /** Number of the last event applied by an earlier process; 0 for none. */
  startAt: number
  apply: (event: FeedEvent) => void
  /** The feed ends before what we have seen: it is another database's, and nothing that we keep belongs to it. */
  reset: (seq: number) => Promise<void>
  onContact: () => void
  onError: (error: unknown) => void
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
      const slice = await delivery.feedSince(seq)
      onContact()
      if (slice.last < seq) {
        await reset(slice.last)
        seq = slice.last
        return
      }
      slice.events.forEach(take)
      if (slice.events.length === 0) seq = slice.last
      if (seq >= slice.last) return
    }
  }

  async function follow(): Promise<void> {
    let retryMs = FIRST_RETRY_MS
    while (!stopping.signal.aborted) {
      try {
        const stream = await delivery.feedStream(seq, stopping.signal)
        isConnected = true
        retryMs = FIRST_RETRY_MS
        // A server that came back may be another database's: its stream alone would not say so.
        await catchUp()
        for await (const event of parseEvents(stream, onContact)) take(event)
      } catch (error) {
        if (!stopping.signal.aborted && isConnected) onError(error)
      }
      isConnected = false
      await wait(retryMs, stopping.signal)
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

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    }, { once: true })
  })
}
