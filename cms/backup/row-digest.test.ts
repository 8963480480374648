import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowDigest } from './row-digest.ts'

function digestOf(...chunks: Uint8Array[]) {
  const digest = createRowDigest()
  for (const chunk of chunks) digest.take(chunk)
  return digest.result()
}
const text = (rows: readonly string[]) => Buffer.from(rows.map((row) => `${row}\n`).join(''))
const row = fc.string({ unit: 'grapheme' }).map((words) => words.replaceAll('\n', ' '))

describe('the digest of a table’s rows', () => {
  it('does not depend on their order, nor on how they arrive', () => {
    fc.assert(fc.property(fc.array(row, { maxLength: 8 }), fc.nat(40), (rows, cut) => {
      const whole = text(rows)
      expect(digestOf(text(rows.toReversed()))).toEqual(digestOf(whole))
      expect(digestOf(whole.subarray(0, cut), whole.subarray(cut))).toEqual(digestOf(whole))
    }))
  })

  it('changes with a row, with its number, and with where it ends', () => {
    const known = digestOf(text(['1\t机构', '2\t编制']))
    expect(known.rows).toBe(2)
    for (const other of [['1\t机构'], ['1\t机构', '2\t编 制'], ['1\t机构', '2\t编制', '2\t编制'], ['1\t机构2', '\t编制'], []]) {
      expect(digestOf(text(other)).digest).not.toBe(known.digest)
    }
  })
})
