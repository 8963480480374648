import type { Client } from 'pg'
import type { Fault } from '../../fault-log.ts'

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5_000
/** A line that swallows everything looks like one on which nothing happens: it is asked now and then. */
const PROBE_MS = 5_000

export type FeedBell = ReturnType<typeof createFeedBell>

/**
 * Hears PostgreSQL's notification of each new event of the change feed, on a connection that is opened again whenever it breaks.
 * A bell only: what is new is read from the table, so that a notification lost on the way loses nothing.
 */
export function createFeedBell({ openClient, onFault, probeMs = PROBE_MS }: { openClient: () => Client; onFault: Fault; probeMs?: number }) {
  let rings = 0
  let client: Client | null = null
  let isListening = false
  let isStopped = false
  let retry: NodeJS.Timeout | undefined
  let probe: NodeJS.Timeout | undefined
  let retryMs = FIRST_RETRY_MS
  const waiting = new Set<() => void>()

  function ring(): void {
    rings += 1
    for (const wake of [...waiting]) wake()
  }

  function reconnect(broken: Client, error: unknown): void {
    if (client !== broken || isStopped) return
    client = null
    isListening = false
    clearTimeout(probe)
    onFault('feed-connection', error)
    void broken.end().catch(() => undefined)
    // Whoever waits looks at once: on a server that is gone it fails, and its follower learns of it.
    ring()
    retry = setTimeout(() => void connect(), retryMs)
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
  }

  function probeLater(asked: Client): void {
    probe = setTimeout(() => {
      asked.query('select 1').then(() => { if (client === asked && !isStopped) probeLater(asked) }, (error: unknown) => reconnect(asked, error))
    }, probeMs)
  }

  async function connect(): Promise<void> {
    const fresh = openClient()
    client = fresh
    fresh.on('error', (error) => reconnect(fresh, error))
    fresh.on('end', () => reconnect(fresh, new Error('the connection ended')))
    fresh.on('notification', ring)
    try {
      await fresh.connect()
      await fresh.query('listen delivery_feed')
      isListening = true
      retryMs = FIRST_RETRY_MS
      // Something may have been published while nobody listened.
      ring()
      probeLater(fresh)
    } catch (error) {
      reconnect(fresh, error)
    }
  }

  return {
    start: () => void connect(),
    /** False while the connection is broken, and for ever on a standby, which cannot listen: then one has to look now and then. */
    isListening: () => isListening,
    /** Take it before looking; a ring since then is not slept through. */
    rings: () => rings,
    /** Waits for a ring after `heard`, for the time to pass, or for `signal`. */
    wait: (heard: number, milliseconds: number, signal: AbortSignal): Promise<void> => new Promise((resolve) => {
      if (rings !== heard || signal.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      waiting.add(done)
      signal.addEventListener('abort', done)
    }),
    stop: async (): Promise<void> => {
      isStopped = true
      clearTimeout(retry)
      clearTimeout(probe)
      await client?.end().catch(() => undefined)
    },
  }
}
