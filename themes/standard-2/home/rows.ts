import { columnPath } from '@cluster/shared/delivery/addresses'
import type { EntryLink, HomePage, Link } from '@cluster/shared/delivery/page-models'
import type { SiteRecord } from '@cluster/shared/delivery/records'
import { HOME_BLOCKS, type HomeBlock } from '@cluster/shared/governance/templates/parts'

/** A block that has something to show; `entries` is empty where a block shows something other than entries. */
export type Section = { block: Exclude<HomeBlock, 'hero'>; key: string; title: string; entries: readonly EntryLink[] }
/** What stands side by side: the opener beside the notices, several small blocks, or one block over the whole width. */
export type Row = { kind: 'opening' | 'cards' | 'wide'; sections: Section[] }

const SUBTREE_TITLES = { province: '市县动态', city: '县区动态', county: '各地动态' }
const SMALL: readonly HomeBlock[] = ['notices', 'frontier', 'approvals', 'institutions', 'disclosure', 'local']

/** The blocks with something to show, in the office's order; a local block is one section for each of its columns. */
export function sectionsOf(page: HomePage): Section[] {
  return page.blocks.flatMap((block): Section[] => {
    const section = (entries: readonly EntryLink[], title: string = HOME_BLOCKS[block]) =>
      block === 'hero' ? [] : [{ block, key: block, title, entries }]
    switch (block) {
      case 'hero':
        return []
      case 'updates':
      case 'notices':
      case 'policies':
      case 'frontier':
      case 'approvals':
      case 'institutions':
      case 'disclosure':
        return page[block].length > 0 ? section(page[block]) : []
      case 'subtree':
        return page.subtree.length > 0 ? section(page.subtree, SUBTREE_TITLES[page.chrome.site.level]) : []
      case 'local':
        return page.localColumns.filter(({ entries }) => entries.length > 0)
          .map(({ column, entries }) => ({ block, key: column.key, title: column.name, entries }))
      case 'letters':
        return page.letters.figures || page.letters.latest.length > 0 ? section(page.letters.latest) : []
      case 'links':
        return page.links.length > 0 ? section([]) : []
      case 'sites':
        return page.sites.length > 0 ? section([], sitesTitle(page)) : []
    }
  })
}

/**
 * Sections as rows, their order kept: 工作动态 takes the notices beside it when the office left them together, small
 * blocks that follow one another share a row, everything else has the width for itself.
 */
export function rowsOf(page: HomePage): Row[] {
  const rows: Row[] = []
  const sections = sectionsOf(page)
  for (let index = 0; index < sections.length; index += 1) {
    const section = sections[index]!
    const next = sections[index + 1]
    const last = rows.at(-1)
    if (next && isOpening(section, next)) {
      rows.push({ kind: 'opening', sections: [section, next] })
      index += 1
    } else if (!SMALL.includes(section.block)) rows.push({ kind: 'wide', sections: [section] })
    else if (last?.kind === 'cards') last.sections.push(section)
    else rows.push({ kind: 'cards', sections: [section] })
  }
  return rows
}

const isOpening = (one: Section, other: Section) =>
  [one.block, other.block].sort().join() === 'notices,updates'

/** Where a section's whole list is; undefined where there is none. */
export function moreOf({ block, key }: Pick<Section, 'block' | 'key'>, site: Pick<SiteRecord, 'columns'>): Link | undefined {
  const column = block === 'letters' ? 'interaction' : key
  if (!site.columns.some((each) => each.key === column)) return undefined
  return { label: block === 'policies' ? '政策库' : block === 'letters' ? '全部答复' : '全部', href: columnPath(column) }
}

function sitesTitle({ sites, chrome }: Pick<HomePage, 'sites' | 'chrome'>): string {
  const only = sites.length === 1 ? sites[0] : undefined
  if (only) return only.label
  return chrome.site.level === 'province' ? '市县站点' : '相关站点'
}
