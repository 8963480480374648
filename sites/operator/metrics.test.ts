import { describe, expect, it, vi } from 'vitest'
import { createAcknowledger } from '../feed/acknowledge.ts'
import { discreet } from '../http/log.ts'
import { acceptRequestId, currentRequestId, withinRequest } from '../http/request-id.ts'
import { createPortalMetrics } from './metrics.ts'

const figures = {
  seq: 41,
  silenceMs: 2_500,
  store: { entries: 3, bytes: 4_096, maxBytes: 100_000, warming: 0 },
  hits: 7,
  misses: 2,
  unstored: 1,
  purgedPages: 5,
  feedEvents: 4,
  errors: 0,
}

describe('a portal’s figures', () => {
  it('tell of the store, the feed and the answers, each time as they are now', async () => {
    const metrics = createPortalMetrics({ figures: () => figures })
    metrics.answered('search', 200, 12)
    const text = await metrics.text()
    for (const line of [
      'cluster_page_store_hits_total{process="portal"} 7',
      'cluster_page_store_bytes{process="portal"} 4096',
      'cluster_feed_applied_seq{process="portal"} 41',
      'cluster_feed_silence_seconds{process="portal"} 2.5',
      'cluster_http_request_seconds_count{process="portal",kind="search",status="200"} 1',
    ])
      expect(text).toContain(line)
    expect(text).toContain('nodejs_eventloop_lag_seconds')
    figures.hits = 8
    expect(await metrics.text()).toContain('cluster_page_store_hits_total{process="portal"} 8')
  })
})

describe('a request’s id', () => {
  it('is taken over where it is one, and made where it is not', () => {
    expect(acceptRequestId('front-4711-abc')).toBe('front-4711-abc')
    for (const given of [undefined, '', 'short', 'a b c d e f', 'x'.repeat(65), 'line\r\nbreak-in', ['twice-given', 'twice-given']])
      expect(acceptRequestId(given)).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is known to all that is done for the request, and to nothing else', async () => {
    const seen = await Promise.all(
      ['request-1', 'request-2'].map((id) =>
        withinRequest(id, async () => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          return currentRequestId()
        }),
      ),
    )
    expect(seen).toEqual(['request-1', 'request-2'])
    expect(currentRequestId()).toBeUndefined()
  })
})

it('a line of the log holds neither what somebody searched for nor a key', () => {
  const token = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.abcdefghij'
  const line = discreet(
    `answer jiangsu.localhost/preview/${token}/ http://127.0.0.1:3001/v1/search?q=欧阳建国&page=2 did not answer, /letters/status/?code=ABCD-EFGH`,
  )
  expect(line).not.toMatch(/欧阳|ABCD|eyJ/)
  expect(line).toContain('http://127.0.0.1:3001/v1/search?…')
})

describe('acknowledging', () => {
  it('says once what came in a row, and goes on after the CMS was away', async () => {
    vi.useFakeTimers()
    try {
      let isAway = true
      const said = vi.fn(async () => {
        if (isAway) throw new Error('away')
      })
      const acknowledger = createAcknowledger({ say: said })
      acknowledger.note()
      acknowledger.note()
      await vi.advanceTimersByTimeAsync(400)
      expect(said).toHaveBeenCalledTimes(1)
      isAway = false
      await vi.advanceTimersByTimeAsync(10_000)
      expect(said).toHaveBeenCalledTimes(2)
      acknowledger.stop()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(said).toHaveBeenCalledTimes(2)
    } finally {
      vi.useRealTimers()
    }
  })
})
