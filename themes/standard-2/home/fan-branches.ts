import type { HomePage } from '@cluster/shared/delivery/page-models'
import type { Branch } from '../../parts/fan/geometry.ts'

/** The sites nearby as a drawing. A county is none of its neighbours, so it takes its place in their middle. */
export function fanBranches({ sites, chrome }: Pick<HomePage, 'sites' | 'chrome'>): Branch[] {
  const branches = sites.flatMap((group) =>
    group.sites.map((site) => ({ leaves: site.below, isCurrent: site.slug === chrome.site.slug })),
  )
  if (chrome.site.level === 'county' && branches.length > 0 && !branches.some(({ isCurrent }) => isCurrent)) {
    branches.splice(Math.floor(branches.length / 2), 0, { leaves: 0, isCurrent: true })
  }
  return branches
}
