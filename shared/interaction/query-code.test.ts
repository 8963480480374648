import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { groupCode, hashCode, makeCode, normaliseCode } from './query-code.ts'

describe('a query code', () => {
  it('has three groups of four unambiguous characters', () => {
    for (let round = 0; round < 200; round += 1)
      expect(makeCode(randomBytes)).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/)
  })

  it('leaves out the bytes that would favour some characters', () => {
    const rolls = [Uint8Array.from({ length: 12 }, () => 255), Uint8Array.from({ length: 12 }, (_, index) => index)]
    expect(makeCode(() => rolls.shift() ?? new Uint8Array(12))).toBe('2345-6789-ABCD')
  })

  it('is understood however it is typed', () => {
    for (const typed of ['2345-6789-ABCD', ' 2345 6789 abcd ', '２３４５－６７８９－ａｂｃｄ', '2345–6789—abcd']) {
      expect(normaliseCode(typed)).toBe('23456789ABCD')
    }
  })

  it('is refused when a character is missing, too many or ambiguous', () => {
    for (const typed of ['', '2345-6789-ABC', '2345-6789-ABCDE', '2345-6789-ABC0', '2345-6789-ABCI'])
      expect(normaliseCode(typed)).toBeNull()
  })

  it('is looked up by the hash of its bare form', () => {
    expect(hashCode('23456789ABCD')).toBe(createHash('sha256').update('23456789ABCD').digest('hex'))
    expect(groupCode('23456789ABCD')).toBe('2345-6789-ABCD')
  })
})
