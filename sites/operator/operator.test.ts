import { describe, expect, it } from 'vitest'
import { createCounters } from './counters.ts'
import { createContact } from './contact.ts'
import { portalHealth } from './health.ts'

describe('health in one word', () => {
  it('is ok while the delivery server is heard', () => {
    expect(portalHealth({ silenceMs: 20_000, isDirectoryKnown: true, entries: 0 })).toEqual({
      word: 'ok',
      status: 200,
    })
  })

  it('is 503 only when nothing can be served', () => {
    const silent = { silenceMs: 60_000 }
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
    expect(portalHealth({ silenceMs: Number.POSITIVE_INFINITY, isDirectoryKnown: false, entries: 0 })).toEqual({
      word: 'starting',
      status: 503,
    })
  })
})

describe('how long the delivery server has been silent', () => {
  const HOUR = 3_600_000
  let wall = 1_000 * HOUR
  let steady = 0
  const contact = (contactAt: number) => createContact({ contactAt, wall: () => wall, steady: () => steady })

  it('goes on from what an earlier process has noted', () => {
    const taken = contact(wall - 2 * HOUR)
    steady += HOUR
    expect(taken.silenceMs()).toBe(3 * HOUR)
    taken.heard()
    expect([taken.silenceMs(), taken.at()]).toEqual([0, wall])
    expect(contact(0).silenceMs()).toBe(Number.POSITIVE_INFINITY)
  })

  it('is not changed by a clock that somebody turns, forward or back', () => {
    const taken = contact(wall)
    wall += 48 * HOUR
    steady += 5_000
    expect(taken.silenceMs()).toBe(5_000)
    wall -= 96 * HOUR
    steady += 5_000
    expect(taken.silenceMs()).toBe(10_000)
  })

  it('takes a note out of the future for one of now', () => {
    expect(contact(wall + HOUR).silenceMs()).toBe(0)
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
