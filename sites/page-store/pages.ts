import { digestOf, encodeBody } from './encode.ts'
import type { Bodies, RenderedPage, StoredPage } from './page.ts'
import type { PageStore } from './store.ts'

/** Purges come in bursts when a batch is published; after that many the reader gets what there is, unstored. */
const MAX_ATTEMPTS = 4

export type PageAnswer = { from: 'store'; page: StoredPage; bodies: Bodies } | { from: 'render'; page: RenderedPage }

export type PageTarget = { host: string; path: string }
export type Pages<Target extends PageTarget> = ReturnType<typeof createPages<Target>>

/**
 * Pages from the store, rendered where they are missing: once for everybody who waits for the same page, and again
 * when something that the page shows was purged while it was rendered.
 */
export function createPages<Target extends PageTarget>({
  store,
  render,
  lastSeq,
  now,
}: {
  store: PageStore
  /** Never rejects for reasons of one page: failures come back as pages that are not storable. */
  render: (target: Target) => Promise<RenderedPage>
  lastSeq: () => number
  now: () => number
}) {
  const flights = new Map<string, Promise<PageAnswer>>()

  async function renderOnce(target: Target, requestedAt: number): Promise<PageAnswer> {
    const rendered = await attempt(target, requestedAt)
    if (rendered.from === 'store' || rendered.page.status < 500) return rendered
    // A page that is due for renewal while nothing can be asked is still better than an error.
    const old = store.find(target.host, target.path)
    const bodies = old ? await store.bodies(old) : null
    return old && bodies ? { from: 'store', page: old, bodies } : rendered
  }

  async function attempt(target: Target, requestedAt: number, attempts = 1): Promise<PageAnswer> {
    const fence = store.fence()
    try {
      const seq = lastSeq()
      const page = await render(target)
      if (!page.isStorable) return { from: 'render', page }
      const bodies = await encodeBody(page.body)
      const stored = store.put(
        {
          host: target.host,
          path: target.path,
          status: page.status,
          contentType: page.contentType,
          tags: page.tags,
          digest: digestOf(page.body),
          freshUntil: page.freshUntil,
          storedAt: now(),
          seq,
        },
        bodies,
        fence,
        requestedAt,
      )
      if (stored) return { from: 'store', page: stored, bodies }
      if (attempts >= MAX_ATTEMPTS) return { from: 'render', page }
    } finally {
      fence.release()
    }
    return attempt(target, requestedAt, attempts + 1)
  }

  /** Renders a page and keeps it, whatever the store has; joins a render of the same page that is under way. */
  function renew(target: Target, requestedAt: number): Promise<PageAnswer> {
    const key = `${target.host}${target.path}`
    const running = flights.get(key)
    if (running) return running
    const flight = renderOnce(target, requestedAt).finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  return {
    renew,
    /** The page for a reader: stored, or rendered now. */
    get: async (target: Target): Promise<PageAnswer> => {
      const page = store.find(target.host, target.path)
      if (page && !store.isExpired(page)) {
        const bodies = await store.bodies(page)
        if (bodies && store.find(target.host, target.path) === page) {
          page.requestedAt = now()
          return { from: 'store', page, bodies }
        }
        if (!bodies) store.drop(page)
      }
      return renew(target, now())
    },
  }
}
