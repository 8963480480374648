import { expect, it } from 'vitest'
import { pairUp } from './mixed-readers.ts'

it('makes as many different queries as are wanted, the given ones first', () => {
  const queries = pairUp(['编制', '机构', '事业单位'], 8)
  expect(queries.slice(0, 4)).toEqual(['编制', '机构', '事业单位', '编制 机构'])
  expect(new Set(queries).size).toBe(8)
  expect(pairUp(['编制', '机构'], 1)).toEqual(['编制'])
  expect(pairUp(['编制', '机构'], 100)).toHaveLength(4)
})
