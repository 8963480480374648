import { CITIES, PROVINCE, type Region } from './jiangsu-divisions.ts'

export type SiteLevel = 'province' | 'city' | 'county'

export type SiteFact = {
  /** First label of the portal's host name, unique in the cluster: `suzhou-kunshan`. */
  slug: string
  /** The administrative division, in full: 昆山市. */
  division: string
  /** Division code after GB/T 2260, six digits. */
  divisionCode: string
  level: SiteLevel
  /** 苏南, 苏中, 苏北; the province belongs to none. */
  region: Region | null
  parent: string | null
  /** Slugs from the root down to this site, `/jiangsu/suzhou/suzhou-kunshan/`: a subtree is a prefix. */
  path: string
}

export const REGION_NAMES: Record<Region, string> = { sunan: '苏南', suzhong: '苏中', subei: '苏北' }
export const LEVEL_NAMES: Record<SiteLevel, string> = { province: '省', city: '设区市', county: '县（市、区）' }

/** The 109 sites of Jiangsu, each parent before its children. */
export const JIANGSU_SITES: readonly SiteFact[] = [
  {
    slug: PROVINCE.slug, division: PROVINCE.name, divisionCode: PROVINCE.code,
    level: 'province', region: null, parent: null, path: `/${PROVINCE.slug}/`,
  },
  ...CITIES.flatMap((city): SiteFact[] => {
    const path = `/${PROVINCE.slug}/${city.spelling}/`
    return [
      {
        slug: city.spelling, division: city.name, divisionCode: `${city.prefix}00`,
        level: 'city', region: city.region, parent: PROVINCE.slug, path,
      },
      ...city.counties.map(([suffix, name, spelling]): SiteFact => {
        const slug = `${city.spelling}-${spelling}`
        return {
          slug, division: name, divisionCode: `${city.prefix}${suffix}`,
          level: 'county', region: city.region, parent: city.spelling, path: `${path}${slug}/`,
        }
      }),
    ]
  }),
]

/** True when `path` is `ancestor` itself or lies below it; both in the form of `SiteFact.path`. */
export function isWithin(path: string, ancestor: string): boolean {
  return path.startsWith(ancestor)
}

/**
 * The office's full name. In Jiangsu the establishment office is an organ of the Party committee of its level;
 * a district's committee names its city as well (中共南京市鼓楼区委…), a county's and a county-level city's does not.
 */
export function officeName(site: Pick<SiteFact, 'division' | 'parent'>): string {
  const parent = JIANGSU_SITES.find((other) => other.slug === site.parent)
  const city = site.division.endsWith('区') && parent ? parent.division : ''
  return `中共${city}${site.division}委机构编制委员会办公室`
}

/** The name a reader says: 江苏机构编制, 昆山机构编制; where two divisions share a name, the city goes before it. */
export function portalName(site: Pick<SiteFact, 'division' | 'slug' | 'parent'>): string {
  const bare = shortDivision(site.division)
  const isAmbiguous = JIANGSU_SITES.filter((other) => shortDivision(other.division) === bare).length > 1
  const parent = JIANGSU_SITES.find((other) => other.slug === site.parent)
  const city = isAmbiguous && parent && parent.level === 'city' ? shortDivision(parent.division) : ''
  return `${city}${city ? site.division : bare}机构编制`
}

/** 昆山市 → 昆山, 丰县 stays 丰县: one character alone is no name in Chinese. */
export function shortDivision(division: string): string {
  return division.length > 2 ? division.replace(/[省市县区]$/, '') : division
}
