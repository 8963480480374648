import { z } from 'zod'
import type { SiteFact } from '@cluster/shared/governance/site-tree'

/** One site as a file of divisions names it; the path follows from the parents. */
const siteSchema = z.object({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '站点标识只能用小写字母、数字和连字符'),
  division: z.string().min(1, '区划名称不能为空'),
  divisionCode: z.string().regex(/^\d{6}$/, '区划代码应为六位数字（GB/T 2260）'),
  level: z.enum(['province', 'city', 'county'], '级别应为 province、city 或 county'),
  region: z.enum(['sunan', 'suzhong', 'subei'], '地区应为 sunan、suzhong、subei 或 null').nullable().default(null),
  parent: z.string().nullable().default(null),
})

/** The sites of a province, in any order: one root, every parent there, no slug or code twice. */
export const siteListSchema = z.array(siteSchema).min(1, '至少要有一个站点').transform((sites, context): SiteFact[] => {
  const complain = (message: string) => context.addIssue({ code: 'custom', message, input: sites })
  const bySlug = new Map(sites.map((site) => [site.slug, site]))
  if (bySlug.size < sites.length) complain('有重复的站点标识')
  if (new Set(sites.map((site) => site.divisionCode)).size < sites.length) complain('有重复的区划代码')
  const roots = sites.filter((site) => site.parent === null)
  if (roots.length !== 1 || roots[0]?.level !== 'province') complain('应当有且只有一个没有上级的站点，即省级站点')

  const pathOf = (slug: string, below: readonly string[]): string | null => {
    const site = bySlug.get(slug)
    if (!site || below.includes(slug)) return null
    if (site.parent === null) return `/${slug}/`
    const parent = pathOf(site.parent, [...below, slug])
    return parent === null ? null : `${parent}${slug}/`
  }
  const placed = sites.flatMap((site) => {
    const path = pathOf(site.slug, [])
    if (path === null) complain(`站点 ${site.slug} 的上级 ${site.parent} 不在清单里，或互为上级`)
    return path === null ? [] : [{ ...site, path }]
  })
  // Each parent before its children, as the cluster opens them.
  return placed.toSorted((one, other) => one.path.split('/').length - other.path.split('/').length)
})
