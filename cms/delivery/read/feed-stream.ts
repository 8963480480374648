import type { FeedEvent } from '@cluster/shared/delivery/api'
import type { ReadDatabase } from './database.ts'
import type { FeedBell } from './feed-bell.ts'
import { readFeed } from './feed.ts'

/** Proxies cut lines on which nothing comes for half a minute; and a follower must know that it is not forgotten. */
export const HEARTBEAT_MS = 15_000
/** How often one looks where no bell can be heard. */
const LOOK_MS = 500

/**
 * The change feed as server-sent events, from `after` on without a gap, until `signal`. Each heartbeat stands for a look into the
 * database: where that fails the stream ends, and the follower knows that what it keeps may be out of date.
 */
export function streamFeed(
  { database, bell, after, signal, heartbeatMs = HEARTBEAT_MS }:
  { database: ReadDatabase; bell: FeedBell; after: number; signal: AbortSignal; heartbeatMs?: number },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const leaving = new AbortController()
  const ended = AbortSignal.any([signal, leaving.signal])
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const close = () => {
        if (!leaving.signal.aborted) controller.close()
      }
      void follow({ database, bell, after, signal: ended, heartbeatMs, send }).then(close, close)
    },
    cancel: () => leaving.abort(),
  })
}

async function follow(
  { database, bell, after, signal, heartbeatMs, send }:
  { database: ReadDatabase; bell: FeedBell; after: number; signal: AbortSignal; heartbeatMs: number; send: (text: string) => void },
): Promise<void> {
  let seq = after
  let spokeAt = 0
  const say = (text: string) => {
    spokeAt = Date.now()
    send(text)
  }
  while (!signal.aborted) {
    const heard = bell.rings()
    const { events, last, reset } = await readFeed(database, seq)
    if (signal.aborted) return
    if (reset) {
      seq = last
      say(written({ seq, tags: [], reset }))
      continue
    }
    for (const event of events) {
      seq = event.seq
      say(written(event))
    }
    if (seq < last) continue
    if (Date.now() - spokeAt >= heartbeatMs) say(': here\n\n')
    await bell.wait(heard, bell.isListening() ? heartbeatMs : Math.min(LOOK_MS, heartbeatMs), signal)
  }
}

/** WHATWG HTML §9.2.6: one field a line, an empty line ends the event. */
function written(event: FeedEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`
}
