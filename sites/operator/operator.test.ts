import { describe, expect, it } from 'vitest'
import { createCounters } from './counters.ts'
import { portalHealth } from './health.ts'

describe('health in one word', () => {
  const now = 1_000_000

  it('is ok while the delivery server is heard', () => {
    expect(portalHealth({ now, contactAt: now - 20_000, isDirectoryKnown: true, entries: 0 })).toEqual({
      word: 'ok',
      status: 200,
    })
  })

  it('is 503 only when nothing can be served', () => {
    const silent = { now, contactAt: now - 60_000 }
    expect(portalHealth({ ...silent, isDirectoryKnown: true, entries: 5 })).toEqual({
      word: 'delivery-unreachable',
      status: 200,
    })
    expect(portalHealth({ ...silent, isDirectoryKnown: true, entries: 0 })).toEqual({
      word: 'delivery-unreachable',
      status: 503,
    })
    expect(portalHealth({ ...silent, isDirectoryKnown: false, entries: 0 })).toEqual({
      word: 'delivery-unreachable',
      status: 503,
    })
    expect(portalHealth({ now, contactAt: 0, isDirectoryKnown: false, entries: 0 })).toEqual({
      word: 'starting',
      status: 503,
    })
  })
})

it('the report has percentiles over the last renders', () => {
  const counters = createCounters()
  for (let ms = 1; ms <= 1_100; ms += 1) counters.timed(`p${ms}`, ms)
  const { renderMs, latestRenders } = counters.report()
  expect(renderMs).toEqual({ count: 1_100, p50: 601, p95: 1_051, max: 1_100 })
  expect(latestRenders.at(-1)?.page).toBe('p1100')
  expect(latestRenders).toHaveLength(20)
})
