import { describe, expect, it } from 'vitest'
import { JIANGSU_SITES } from '../../governance/site-tree.ts'
import { mayAdoptFrom, reachIssues } from './reach.ts'

const site = (slug: string) => JIANGSU_SITES.find((each) => each.slug === slug)!

describe('adopting of one\'s own accord', () => {
  it.each([
    ['suzhou-kunshan', 'suzhou', true], ['suzhou-kunshan', 'jiangsu', true], ['suzhou-kunshan', 'suzhou-taicang', true], ['suzhou', 'nanjing', true],
    ['suzhou-kunshan', 'nanjing', false], ['suzhou-kunshan', 'nanjing-luhe', false], ['suzhou', 'suzhou-kunshan', false], ['jiangsu', 'suzhou', false],
    ['suzhou', 'suzhou', false],
  ])('%s from %s: %s', (to, from, may) => expect(mayAdoptFrom(site(to), site(from))).toBe(may))

  it('is refused from below with the way that gives points, and from elsewhere with another', () => {
    expect(reachIssues(site('suzhou'), site('suzhou-kunshan'))).toMatchObject([{ code: 'out-of-reach', message: expect.stringContaining('报送') }])
    expect(reachIssues(site('suzhou'), site('nanjing-luhe'))).toMatchObject([{ code: 'out-of-reach', message: expect.stringContaining('推送') }])
    expect(reachIssues(site('suzhou'), site('suzhou'))).toEqual([])
  })
})
