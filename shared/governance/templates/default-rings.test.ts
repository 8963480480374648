import { describe, expect, it } from 'vitest'
import { JIANGSU_SITES } from '../site-tree.ts'
import { defaultRings } from './default-rings.ts'
import { ringIssues } from './rings.ts'

describe('the plan that a rollout begins with', () => {
  it('may start as it is in the whole province', () => {
    const rings = defaultRings(JIANGSU_SITES)
    expect(ringIssues(rings, JIANGSU_SITES)).toEqual([])
    expect(rings.map(({ sites }) => sites.length)).toEqual([6, 10, 93])
    expect(rings.at(-1)!.sites.at(-1)).toBe('jiangsu')
  })

  it('leaves out rings that nobody would be in', () => {
    const sites = JIANGSU_SITES.filter(({ slug }) => ['jiangsu', 'suzhou', 'suzhou-kunshan'].includes(slug))
    const rings = defaultRings(sites)
    expect(rings.map(({ name, sites: slugs }) => [name, slugs])).toEqual([['试点', ['suzhou', 'suzhou-kunshan']], ['全省', ['jiangsu']]])
    // Pilots of regions in which the cluster has no site cannot be asked for.
    expect(ringIssues(rings, sites)).toEqual([])
  })
})
