import { columnPath } from '@cluster/shared/delivery/addresses'
import type { EntryLink, HomePage, Link } from '@cluster/shared/delivery/page-models'
import { HOME_BLOCKS, type HomeBlock } from '@cluster/shared/governance/templates/parts'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import type { Branch } from '../../parts/fan/geometry.ts'

export type SmallBlock = { key: string; title: string; entries: EntryLink[] }

/** The equal blocks below the policies, in the order that the office gave them; those without entries are absent. */
export function smallBlocks(
  page: Pick<HomePage, 'blocks' | 'frontier' | 'approvals' | 'institutions' | 'disclosure' | 'localColumns'>,
): SmallBlock[] {
  return page.blocks.flatMap((block) => blocksOf(page, block)).filter(({ entries }) => entries.length > 0)
}

function blocksOf(page: Parameters<typeof smallBlocks>[0], block: HomeBlock): SmallBlock[] {
  switch (block) {
    case 'frontier':
    case 'approvals':
    case 'institutions':
    case 'disclosure':
      return [{ key: block, title: HOME_BLOCKS[block], entries: page[block] }]
    case 'local':
      return page.localColumns.map(({ column, entries }) => ({ key: column.key, title: column.name, entries }))
    default:
      return []
  }
}

/** Link to a column, if the site carries it. */
export function columnLink(site: Pick<SiteRecord, 'columns'>, key: string): Link | undefined {
  const column = site.columns.find((candidate) => candidate.key === key)
  return column && { label: column.name, href: columnPath(key) }
}

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

/** Title of the block of sites: a single group names itself. */
export function sitesTitle({ sites, chrome }: Pick<HomePage, 'sites' | 'chrome'>): string {
  const only = sites.length === 1 ? sites[0] : undefined
  if (only) return only.label
  return chrome.site.level === 'province' ? '市县站点' : '相关站点'
}
