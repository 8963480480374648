import { describe, expect, it } from 'vitest'
import { wasUnderWay } from './readers.ts'

describe('a request that was broken off', () => {
  const blows = [{ before: 1_000, after: 1_010 }]

  it('is excused when it was under way at the blow', () => {
    expect(wasUnderWay({ at: 990, ms: 15 }, blows)).toBe(true)
    expect(wasUnderWay({ at: 1_005, ms: 1 }, blows)).toBe(true)
  })

  it('is a failure when it was over before, or began after', () => {
    expect(wasUnderWay({ at: 980, ms: 15 }, blows)).toBe(false)
    expect(wasUnderWay({ at: 1_011, ms: 50 }, blows)).toBe(false)
    expect(wasUnderWay({ at: 0, ms: 10_000 }, [])).toBe(false)
  })
})
