import type { SiteFact } from '../site-tree.ts'
import type { Region } from '../jiangsu-divisions.ts'
import type { Ring } from './rings.ts'

/** From each region a city and one of its counties: what breaks differs between an office of thirty and one of five. */
const PILOT_HOURS = 72
const CITY_HOURS = 48
const LAST_HOURS = 24

type Site = Pick<SiteFact, 'slug' | 'level' | 'region' | 'parent'>

/**
 * The plan that a draft begins with: pilots of each region (a city with its first county), then the other cities, then
 * everybody else, the province last: whoever is looked at most goes when all is known. Sites in the order of the tree.
 */
export function defaultRings(sites: readonly Site[]): Ring[] {
  const regions = [...new Set(sites.map(({ region }) => region).filter((region): region is Region => region !== null))]
  const pilots = regions.flatMap((region) => pilotsOf(region, sites))
  const rest = sites.filter((site) => !pilots.includes(site))
  const cities = rest.filter(({ level }) => level === 'city')
  const others = [...rest.filter(({ level }) => level === 'county'), ...rest.filter(({ level }) => level === 'province')]
  const rings = [
    { name: '试点', sites: pilots, soakHours: PILOT_HOURS },
    { name: '设区市', sites: cities, soakHours: CITY_HOURS },
    { name: '全省', sites: others, soakHours: LAST_HOURS },
  ]
  return rings.filter((ring, index) => index === 0 || ring.sites.length > 0).map((ring) => ({ ...ring, sites: ring.sites.map(({ slug }) => slug) }))
}

function pilotsOf(region: Region, sites: readonly Site[]): Site[] {
  const own = sites.filter((site) => site.region === region)
  const city = own.find(({ level, slug }) => level === 'city' && own.some(({ parent }) => parent === slug)) ?? own[0]
  const county = own.find(({ parent }) => city !== undefined && parent === city.slug)
  return [...(city ? [city] : []), ...(county ? [county] : [])]
}
