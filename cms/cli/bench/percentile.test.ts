import { describe, expect, it } from 'vitest'
import { median, percentile, summarise } from './percentile.ts'

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('a percentile', () => {
  it('is the smallest value that covers its part', () => {
    expect(percentile(upTo(100), 0.95)).toBe(95)
    expect(percentile(upTo(100), 0.5)).toBe(50)
    expect(percentile(upTo(50), 0.95)).toBe(48)
    expect(percentile([7], 0.95)).toBe(7)
  })

  it('takes the ends for nothing and for all', () => {
    expect(percentile(upTo(10), 0)).toBe(1)
    expect(percentile(upTo(10), 1)).toBe(10)
  })

  it('compares numbers as numbers, in whatever order they come, and leaves the list alone', () => {
    const values = [100, 9, 20]
    expect(percentile(values, 0.95)).toBe(100)
    expect(percentile(values, 0.3)).toBe(9)
    expect(values).toEqual([100, 9, 20])
  })

  it('of nothing is refused', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError)
  })
})

describe('a median', () => {
  it('is the middle, or the mean of the two in the middle', () => {
    expect(median([0.9, 0.4, 0.5])).toBe(0.5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

it('a summary tells count, median rank, p95 and the worst', () => {
  expect(summarise([3, 1, 2.006])).toEqual({ count: 3, p50: 2.01, p95: 3, max: 3 })
})
