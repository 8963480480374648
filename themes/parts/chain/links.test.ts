import { expect, test } from 'vitest'
import { chainSteps } from './links.ts'
import { disclosures } from './fixtures.ts'

test('signed links stand in the order of the chain', () => {
  const shuffled = { ...disclosures.complete, chain: [...disclosures.complete.chain].reverse() }
  expect(chainSteps(shuffled).map(({ name }) => name)).toEqual(['起草', '初审', '复审', '终审'])
})

test('reviews still to come are shown after an emergency publication only', () => {
  expect(chainSteps(disclosures.emergency).map(({ link }) => link?.name ?? '待补审')).toEqual([
    '钱语桐',
    '待补审',
    '待补审',
    '待补审',
  ])
  const drafted = { chain: disclosures.complete.chain.slice(0, 1) }
  expect(chainSteps(drafted)).toHaveLength(1)
})
