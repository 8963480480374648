import { describe, expect, it } from 'vitest'
import type { Dashboard, DashboardSite } from '../../dashboard/load-dashboard.ts'
import { figuresOf, signOf, type View, VIEWS } from './views.ts'

const site = (slug: string, changes: Partial<DashboardSite> = {}): DashboardSite => ({
  slug, name: slug, division: slug, level: 'city', region: 'sunan', parent: 'jiangsu', release: 'standard-1', ring: null, gate: 'none', redGates: [], stale: [], pushes: 0, ...changes })
const DASHBOARD: Dashboard = {
  rollout: { id: 3, release: 'standard-2', state: 'running', ring: 0, rings: [{ name: '试点', sites: ['a', 'b'], soakHours: 24 }, { name: '全省', sites: ['c', 'd'], soakHours: 24 }] },
  sites: [
    site('a', { release: 'standard-2', ring: 0, gate: 'red', redGates: ['footer'] }), site('b', { release: 'standard-2', ring: 0, gate: 'measuring' }),
    site('c', { ring: 1, pushes: 2 }), site('d', { ring: 1, stale: [{ key: 'updates', name: '工作动态', days: 20, limit: 14 }] }),
  ],
}
const RELEASES = ['standard-1', 'standard-2']

describe('the overview', () => {
  it('counts exactly the sites that stand behind a figure', () => {
    const figures = figuresOf(DASHBOARD, RELEASES)
    expect(Object.fromEntries(figures.map(({ key, count }) => [key, count]))).toEqual({
      all: 4, 'release-standard-1': 2, 'release-standard-2': 2, ring: 2, measuring: 1, red: 1, stale: 1, pushes: 1 })
    for (const { has, count } of figures) expect(DASHBOARD.sites.filter(has)).toHaveLength(count)
    expect(figures.filter(({ isBad }) => isBad).map(({ key }) => key)).toEqual(['red', 'stale'])
    expect(figuresOf({ ...DASHBOARD, rollout: null }, RELEASES).map(({ key }) => key)).not.toContain('red')
  })

  it('tells sites apart by sign and words in every view, never by tone alone', () => {
    for (const view of Object.keys(VIEWS) as View[]) {
      const signs = DASHBOARD.sites.map((each) => signOf(view, each, { rollout: DASHBOARD.rollout, releases: RELEASES }))
      for (const one of signs) {
        for (const other of signs) if (one.tone !== other.tone) expect([view, one.sign === other.sign, one.words === other.words]).toEqual([view, false, false])
      }
    }
  })
})
