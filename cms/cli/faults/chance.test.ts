import { expect, it } from 'vitest'
import { chance } from './chance.ts'

it('gives the same sequence for the same seed, another for another, all from 0 to below 1', () => {
  const take = (seed: number) => {
    const next = chance(seed)
    return Array.from({ length: 1_000 }, next)
  }
  expect(take(5)).toEqual(take(5))
  expect(take(5)).not.toEqual(take(6))
  expect(take(5).every((value) => value >= 0 && value < 1)).toBe(true)
  expect(new Set(take(5)).size).toBe(1_000)
})
