import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What a portal reports of itself; see `portal.ts`. */
export type PortalFigures = {
  seq: number
  silenceMs: number
  store: { entries: number; bytes: number; maxBytes: number; warming: number }
  hits: number
  misses: number
  unstored: number
  purgedPages: number
  feedEvents: number
  errors: number
}

export type PortalMetrics = ReturnType<typeof createPortalMetrics>

/** Bounds of the buckets in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/**
 * A portal's figures in Prometheus' text form. Stored pages are counted only: measuring each would cost a noticeable
 * part of answering it.
 */
export function createPortalMetrics({ figures }: { figures: () => PortalFigures }) {
  const registry = new Registry()
  registry.setDefaultLabels({ process: 'portal' })
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'cluster_http_request_seconds',
    help: 'Requests that were not answered at once from the page store, by kind and status.',
    labelNames: ['kind', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const counted = (name: string, help: string, of: (from: PortalFigures) => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(of(figures()))
      },
    })
  const gauge = (name: string, help: string, of: (from: PortalFigures) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(of(figures()))
      },
    })
  counted('cluster_page_store_hits_total', 'Pages answered from memory.', ({ hits }) => hits)
  counted('cluster_page_store_misses_total', 'Pages rendered, or read from disk, and kept.', ({ misses }) => misses)
  counted('cluster_pages_unstored_total', 'Pages for one reader, which are never kept.', ({ unstored }) => unstored)
  counted('cluster_pages_purged_total', 'Pages that the change feed took out.', ({ purgedPages }) => purgedPages)
  counted('cluster_feed_events_total', 'Events of the change feed that were applied.', ({ feedEvents }) => feedEvents)
  counted('cluster_page_errors_total', 'Pages that could not be made.', ({ errors }) => errors)
  gauge('cluster_page_store_pages', 'Pages in the store.', ({ store }) => store.entries)
  gauge('cluster_page_store_bytes', 'Bytes of pages in memory.', ({ store }) => store.bytes)
  gauge('cluster_page_store_max_bytes', 'Bytes of pages that memory may hold.', ({ store }) => store.maxBytes)
  gauge('cluster_feed_applied_seq', 'Number of the last event of the change feed that was applied.', ({ seq }) => seq)
  gauge('cluster_feed_silence_seconds', 'Time since the change feed was last heard of; -1 for never.', ({ silenceMs }) =>
    Number.isFinite(silenceMs) ? silenceMs / 1000 : -1,
  )

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered: (kind: string, status: number, ms: number): void =>
      requests.observe({ kind, status: String(status) }, ms / 1000),
  }
}
