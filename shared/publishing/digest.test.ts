import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDigest } from './digest.ts'

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversed(item)]))
}

describe('contentDigest', () => {
  it('is the tagged SHA-256 of the canonical form', () => {
    // printf '{"a":"编","b":[1,true,null]}' | sha256sum
    expect(contentDigest({ b: [1, true, null], a: '编' })).toBe('sha256:8ad90fe1c2811df9b7e19ca2433c6f232bd77b7059b3e8296bede921dfee7b6c')
  })

  it('does not depend on the order of keys, only on that of lists', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(contentDigest(reversed(value))).toBe(contentDigest(value))
    }))
    expect(contentDigest(['甲', '乙'])).not.toBe(contentDigest(['乙', '甲']))
  })

  it('is the same after a way through JSON', () => {
    expect(contentDigest({ a: 1, b: undefined })).toBe(contentDigest(JSON.parse(JSON.stringify({ a: 1, b: undefined }))))
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(contentDigest(JSON.parse(JSON.stringify(value)))).toBe(contentDigest(value))
    }))
  })

  it('changes with any character', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
      fc.pre(one !== other)
      expect(contentDigest({ html: one })).not.toBe(contentDigest({ html: other }))
    }))
  })

  it('refuses what JSON cannot hold', () => {
    for (const impossible of [undefined, () => 1]) expect(() => contentDigest(impossible)).toThrow(TypeError)
    expect(() => contentDigest({ a: Number.NaN })).toThrow()
  })
})
