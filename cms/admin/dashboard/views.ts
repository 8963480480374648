import type { Dashboard, DashboardSite } from '../../dashboard/load-dashboard.ts'

/** By what the sites are told apart; the first is what a visitor sees. */
export const VIEWS = { release: '模板', ring: '批次', gate: '检查', freshness: '更新', pushes: '推送' } as const
export type View = keyof typeof VIEWS
export const isView = (view: string): view is View => view in VIEWS

/** How a site stands in a view: a sign and words, and a tone that only repeats them. */
export type Sign = { sign: string; words: string; tone: 'plain' | 'new' | 'good' | 'waiting' | 'bad' }

/** `releases`: those that the sites run, oldest first. */
export function signOf(view: View, site: DashboardSite, { rollout, releases }: { rollout: Dashboard['rollout']; releases: readonly string[] }): Sign {
  switch (view) {
    case 'release': {
      const isNewest = releases.length > 1 && site.release === releases.at(-1)
      return { sign: site.release.replace(/^.*-/, ''), words: site.release, tone: isNewest ? 'new' : 'plain' }
    }
    case 'ring':
      if (!rollout || site.ring === null) return { sign: '–', words: '没有推行', tone: 'plain' }
      return { sign: String(site.ring + 1), words: rollout.rings[site.ring]?.name ?? '', tone: rollout.ring === null || site.ring > rollout.ring ? 'plain' : site.ring === rollout.ring ? 'waiting' : 'good' }
    case 'gate':
      return GATE_SIGNS[site.gate]
    case 'freshness':
      return site.stale.length === 0 ? { sign: '✓', words: '都在期限内', tone: 'good' }
        : { sign: `!${site.stale.length}`, words: `${site.stale.length} 个栏目逾期`, tone: 'bad' }
    case 'pushes':
      return site.pushes === 0 ? { sign: '–', words: '没有待办的推送', tone: 'plain' } : { sign: String(site.pushes), words: `${site.pushes} 条推送待办`, tone: 'waiting' }
  }
}

const GATE_SIGNS: Record<DashboardSite['gate'], Sign> = {
  none: { sign: '–', words: '不在检查中', tone: 'plain' },
  measuring: { sign: '…', words: '正在检查', tone: 'waiting' },
  green: { sign: '✓', words: '全部合格', tone: 'good' },
  red: { sign: '✗', words: '有不合格', tone: 'bad' },
}

export type Figure = { key: string; label: string; count: number; isBad: boolean; view: View; has: (site: DashboardSite) => boolean }

/** The figures at the top; behind each stand exactly the sites that it counts. */
export function figuresOf({ sites, rollout }: Dashboard, releases: readonly string[]): Figure[] {
  const figure = (key: string, label: string, view: View, has: Figure['has'], isBad = false): Figure => {
    const count = sites.filter(has).length
    return { key, label, view, has, count, isBad: isBad && count > 0 }
  }
  return [
    figure('all', '站点', 'release', () => true),
    ...releases.map((release) => figure(`release-${release}`, `用 ${release}`, 'release', (site) => site.release === release)),
    ...(rollout ? [
      figure('ring', '正在推行的一圈', 'ring', (site) => site.ring !== null && site.ring === rollout.ring),
      figure('measuring', '正在检查', 'gate', (site) => site.gate === 'measuring'),
      figure('red', '检查不合格', 'gate', (site) => site.gate === 'red', true),
    ] : []),
    figure('stale', '有栏目逾期', 'freshness', (site) => site.stale.length > 0, true),
    figure('pushes', '有推送待办', 'pushes', (site) => site.pushes > 0),
  ]
}
