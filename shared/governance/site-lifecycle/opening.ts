import { type Issue, refusal } from '../../issue.ts'
import type { Region } from '../jiangsu-divisions.ts'
import type { SiteFact, SiteLevel } from '../site-tree.ts'

/** What is written down of a site before it is opened. */
export type OpeningFacts = {
  division: string
  divisionCode: string
  slug: string
  parent: string
  /** Given for a city only; a county lies in the region of its city. */
  region: Region | null
  release: string
  contact: { address?: string | undefined; phone?: string | undefined; email?: string | undefined }
  /** Told to the security administrator, who opens the account. */
  administrator: { name: string; unit: string; email: string }
}
export type TreeSite = Pick<SiteFact, 'slug' | 'divisionCode' | 'level' | 'region' | 'path'> & { name: string; isListed: boolean }

/** A city below the province, a county below a city; nothing lies below a county. */
export const levelBelow = (parent: SiteLevel): Exclude<SiteLevel, 'province'> | null => (parent === 'province' ? 'city' : parent === 'city' ? 'county' : null)

/** Everything that stands against a site with these facts. Codes after GB/T 2260; spellings as those of the cluster's other sites. */
export function openingIssues(facts: OpeningFacts, sites: readonly TreeSite[], releases: readonly string[]): Issue[] {
  const parent = sites.find(({ slug }) => slug === facts.parent)
  const level = parent?.isListed ? levelBelow(parent.level) : null
  if (!parent || level === null) return [refusal('parent-unfit', '上级站点须是已开通的省级或设区市站点，请重新选择。', 'parent')]
  const issues: Issue[] = []
  const wanted = level === 'county' ? /[市区县]$/ : /市$/
  if (!wanted.test(facts.division)) issues.push(refusal('division-unfit', `行政区划请写全称，${level === 'county' ? '以“市”“区”或“县”' : '以“市”'}结尾。`, 'division'))
  const spelling = level === 'county' ? facts.slug.slice(`${parent.slug}-`.length) : facts.slug
  if ((level === 'county' && !facts.slug.startsWith(`${parent.slug}-`)) || !/^[a-z]{2,20}$/.test(spelling)) {
    issues.push(refusal('slug-unfit', `网址标识用全拼小写字母，形如 ${level === 'county' ? `${parent.slug}-kunshan` : 'suzhou'}。`, 'slug'))
  } else if (sites.some(({ slug }) => slug === facts.slug)) {
    issues.push(refusal('slug-taken', `网址标识“${facts.slug}”已有站点用过，不能重复（已合并、已关闭的也算，旧网址还在使用）。请换一个。`, 'slug'))
  }
  const isOfParent = level === 'county' ? facts.divisionCode.startsWith(parent.divisionCode.slice(0, 4)) && !facts.divisionCode.endsWith('00')
    : facts.divisionCode.startsWith(parent.divisionCode.slice(0, 2)) && facts.divisionCode.endsWith('00')
  if (!/^\d{6}$/.test(facts.divisionCode) || !isOfParent) {
    issues.push(refusal('code-unfit', `区划代码是六位数字，${level === 'county' ? `前四位为 ${parent.divisionCode.slice(0, 4)}` : '后两位为 00'}。`, 'divisionCode'))
  } else {
    const other = sites.find(({ divisionCode }) => divisionCode === facts.divisionCode)
    if (other) issues.push(refusal('code-taken', `区划代码 ${facts.divisionCode} 已属于“${other.name}”，请核对。`, 'divisionCode'))
  }
  if (level === 'city' && facts.region === null) issues.push(refusal('region-missing', '请选择设区市所在的区域：苏南、苏中或苏北。', 'region'))
  if (!releases.includes(facts.release)) issues.push(refusal('release-unknown', '没有这个模板，请从列表里选一个。', 'release'))
  return issues
}
