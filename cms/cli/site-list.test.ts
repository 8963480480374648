import { describe, expect, it } from 'vitest'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { siteListSchema } from './site-list.ts'

const province = { slug: 'zhejiang', division: '浙江省', divisionCode: '330000', level: 'province', parent: null }
const city = { slug: 'hangzhou', division: '杭州市', divisionCode: '330100', level: 'city', parent: 'zhejiang' }
const county = { slug: 'hangzhou-xihu', division: '西湖区', divisionCode: '330106', level: 'county', parent: 'hangzhou' }

const complaints = (sites: unknown) => siteListSchema.safeParse(sites).error?.issues.map((issue) => issue.message) ?? []

describe('a list of sites from a file', () => {
  it('gives each site its path, parents first, in whatever order they stand', () => {
    expect(siteListSchema.parse([county, city, province]).map(({ path }) => path))
      .toEqual(['/zhejiang/', '/zhejiang/hangzhou/', '/zhejiang/hangzhou/hangzhou-xihu/'])
  })

  it('arrives at the same tree for Jiangsu as the one that is built in', () => {
    const withoutPaths = JIANGSU_SITES.map(({ path: _, ...site }) => site)
    expect(siteListSchema.parse(withoutPaths).toSorted((one, other) => one.path.localeCompare(other.path)))
      .toEqual(JIANGSU_SITES.toSorted((one, other) => one.path.localeCompare(other.path)))
  })

  it('refuses a parent that is not there', () => {
    expect(complaints([province, { ...county }]).join()).toContain('hangzhou-xihu 的上级 hangzhou 不在清单里')
  })

  it('refuses sites that are one another’s parents', () => {
    expect(complaints([province, { ...city, parent: 'hangzhou-xihu' }, county])).toHaveLength(2)
  })

  it.each([
    ['a second root', [province, { ...city, parent: null }], '有且只有一个'],
    ['no province', [{ ...city, parent: null }], '有且只有一个'],
    ['a slug twice', [province, { ...city, slug: 'zhejiang' }], '重复的站点标识'],
    ['a code twice', [province, { ...city, divisionCode: '330000' }], '重复的区划代码'],
    ['a code of five digits', [{ ...province, divisionCode: '33000' }], '六位数字'],
    ['a slug with capitals', [{ ...province, slug: 'Zhejiang' }], '小写字母'],
    ['nothing at all', [], '至少'],
  ])('refuses %s', (_, sites, reason) => {
    expect(complaints(sites).join()).toContain(reason)
  })
})
