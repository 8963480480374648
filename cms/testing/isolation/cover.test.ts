import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverCombinations } from './cover.ts'

const values = fc.integer({ min: 1, max: 5 }).map((count) => Array.from({ length: count }, (_, index) => `v${index}`))

it('has every pair of values in some row, and fewer rows than there are combinations', () => {
  fc.assert(fc.property(fc.record({ a: values, b: values, c: values, d: values }), (parameters) => {
    const rows = coverCombinations(parameters, 2)
    const names = ['a', 'b', 'c', 'd'] as const
    for (const [index, one] of names.entries()) for (const other of names.slice(index + 1)) {
      for (const x of parameters[one]) for (const y of parameters[other]) expect(rows.some((row) => row[one] === x && row[other] === y)).toBe(true)
    }
    expect(rows.length).toBeLessThanOrEqual(names.reduce((product, name) => product * parameters[name].length, 1))
  }), { numRuns: 30 })
  const wide = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, Array.from({ length: 8 }, (_, index) => `v${index}`)]))
  expect(coverCombinations(wide, 2).length).toBeLessThan(140)
  expect(coverCombinations(wide, 3).length).toBeLessThan(1200)
})
