import { expect, it } from 'vitest'
import { Refusal } from '../refusal.ts'
import { readFaultOptions } from './options.ts'

const read = (...argv: string[]) => readFaultOptions(argv, { cases: ['kill', 'line'], anySeed: 42 })

it('fifty kills during two hundred publications, unless something else is asked for', () => {
  expect(read()).toMatchObject({ kills: 50, publications: 200, only: null, seed: 42, isJson: false })
  expect(read('--only', 'kill, line', '--kills', '3', '--seconds', '2', '--seed', '7', '--json')).toMatchObject({
    only: ['kill', 'line'], kills: 3, holdMs: 2_000, seed: 7, isJson: true })
})

it('says in Chinese what it cannot use', () => {
  expect(() => read('--only', 'flood')).toThrow(Refusal)
  expect(() => read('--only', 'flood')).toThrow('可以演练的有：kill、line')
  expect(() => read('--kills', 'many')).toThrow('--kills 应为不小于 1 的整数')
})
