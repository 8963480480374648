import { expect, it } from 'vitest'
import { pickEvenly } from './pick-evenly.ts'

it('picks from all over a list, each item once, the same every time', () => {
  const items = Array.from({ length: 1_001 }, (_, index) => index)
  const picked = pickEvenly(items, 11)
  expect(picked).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000])
  expect(new Set(pickEvenly(items, 1_000)).size).toBe(1_000)
  expect(pickEvenly(items, 1)).toEqual([0])
})

it('gives the whole of a list that is too short', () => {
  expect(pickEvenly(['a', 'b'], 5)).toEqual(['a', 'b'])
  expect(pickEvenly([], 5)).toEqual([])
})
