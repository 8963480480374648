import { expect, test } from 'vitest'
import { HOMES } from '../../fixtures/home.ts'
import { columnLink, fanBranches, sitesTitle, smallBlocks } from './arrange.ts'

test('blocks without entries are absent, local columns come last', () => {
  expect(smallBlocks(HOMES['home-province']!).map(({ key }) => key)).toEqual([
    'frontier', 'approvals', 'institutions', 'disclosure', 'reform-cases',
  ])
  expect(smallBlocks(HOMES['home-new']!)).toEqual([])
})

test('a county takes its place among its neighbours, once', () => {
  const branches = fanBranches(HOMES['home-county']!)
  expect(branches.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
  expect(branches).toHaveLength(9)
  expect(fanBranches(HOMES['home-province']!).some(({ isCurrent }) => isCurrent)).toBe(false)
})

test('the block of sites is named by its only group', () => {
  expect(sitesTitle(HOMES['home-city']!)).toBe('所辖县（市、区）')
  expect(sitesTitle(HOMES['home-province']!)).toBe('市县站点')
})

test('a column is linked only where the site carries it', () => {
  const { site } = HOMES['home-county']!.chrome
  expect(columnLink(site, 'policies')?.href).toBe('/columns/policies/')
  expect(columnLink(site, 'reform-cases')).toBeUndefined()
})

test('blocks stand as the office arranged them', () => {
  const home = HOMES['home-province']!
  expect(smallBlocks({ ...home, blocks: ['local', 'disclosure', 'frontier'] }).map(({ key }) => key)).toEqual([
    'reform-cases', 'disclosure', 'frontier',
  ])
})
