import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrastRatio } from './contrast.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    // The well-known grey that just passes AA on white, and the one that just fails.
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
  ])('%s on %s is %d', (one, other, ratio) => expect(contrastRatio(one, other)).toBeCloseTo(ratio, 2))

  it('is the same both ways, and between 1 and 21', () => {
    fc.assert(fc.property(colour, colour, (one, other) => {
      const ratio = contrastRatio(one, other)
      expect(ratio).toBe(contrastRatio(other, one))
      expect(ratio).toBeGreaterThanOrEqual(1)
      expect(ratio).toBeLessThanOrEqual(21)
    }))
  })

  it('takes nothing but #rrggbb', () => expect(() => contrastRatio('red', '#ffffff')).toThrow(RangeError))
})
