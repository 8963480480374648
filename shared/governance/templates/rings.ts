import { type Issue, refusal } from '../../issue.ts'
import { REGION_NAMES, type SiteFact } from '../site-tree.ts'
import type { Region } from '../jiangsu-divisions.ts'

/** Sites that get a release together, before the next ring does. */
export type Ring = {
  name: string
  /** Slugs. */
  sites: readonly string[]
  /** Hours that the ring runs the release, all gates green, before the next may follow. */
  soakHours: number
}

/** A ring that nobody has lived with for a day has proven nothing; beyond a month offices run two templates for good. */
export const SOAK_HOURS = { min: 24, max: 720 } as const

/**
 * What stands against a plan of rings: pilots from each region, every site once, nobody left over. A draft may be
 * unfinished; a rollout starts only without issues.
 */
export function ringIssues(rings: readonly Ring[], sites: readonly Pick<SiteFact, 'slug' | 'region' | 'division'>[]): Issue[] {
  if (rings.length < 2) return [refusal('rings-too-few', '至少要有两圈：先试点，再推开。请再加一圈。', 'rings')]
  return [...rings.flatMap((ring, index) => issuesOf(ring, index, sites)), ...pilotIssues(rings[0]!, sites), ...coverageIssues(rings, sites)]
}

function issuesOf(ring: Ring, index: number, sites: readonly Pick<SiteFact, 'slug'>[]): Issue[] {
  const path = `rings.${index}`
  const unknown = ring.sites.filter((slug) => !sites.some((site) => site.slug === slug))
  const { min, max } = SOAK_HOURS
  return [
    ...(ring.sites.length === 0 ? [refusal('ring-empty', `“${ring.name}”里没有站点。请选站点，或删掉这一圈。`, path)] : []),
    ...(unknown.length > 0 ? [refusal('site-unknown', `“${ring.name}”里有不存在的站点：${unknown.join('、')}。请去掉。`, path)] : []),
    ...(ring.soakHours < min || ring.soakHours > max
      ? [refusal('soak-out-of-bounds', `“${ring.name}”的观察时间是 ${ring.soakHours} 小时，须在 ${min} 到 ${max} 小时之间。请改一个数。`, `${path}.soakHours`)] : []),
  ]
}

function pilotIssues(pilot: Ring, sites: readonly Pick<SiteFact, 'slug' | 'region'>[]): Issue[] {
  const covered = new Set(sites.filter(({ slug }) => pilot.sites.includes(slug)).map(({ region }) => region))
  // A cluster may have no site in a region yet; where it has, one of them goes first.
  const lacking = (Object.keys(REGION_NAMES) as Region[]).filter((region) => !covered.has(region) && sites.some((site) => site.region === region))
    .map((region) => REGION_NAMES[region])
  return lacking.length === 0 ? []
    : [refusal('pilot-region-missing', `试点圈“${pilot.name}”里没有${lacking.join('、')}的站点，试出来的问题不能代表全省。请各选至少一个。`, 'rings.0')]
}

function coverageIssues(rings: readonly Ring[], sites: readonly Pick<SiteFact, 'slug' | 'division'>[]): Issue[] {
  const placed = rings.flatMap((ring) => ring.sites)
  const nameOf = (slug: string) => sites.find((site) => site.slug === slug)?.division ?? slug
  const twice = [...new Set(placed.filter((slug, index) => placed.indexOf(slug) !== index))]
  const left = sites.filter(({ slug }) => !placed.includes(slug))
  const some = (names: readonly string[]) => `${names.slice(0, 5).join('、')}${names.length > 5 ? ` 等 ${names.length} 个` : ''}`
  return [
    ...(twice.length > 0 ? [refusal('site-twice', `${some(twice.map(nameOf))}站点排进了两圈。请各留一处。`, 'rings')] : []),
    ...(left.length > 0 ? [refusal('site-left-out', `${some(left.map(({ division }) => division))}站点没有排进任何一圈。请排进最后一圈。`, 'rings')] : []),
  ]
}

/** Moves a site to another ring; the plan that comes back lists it there alone. */
export function moveSite(rings: readonly Ring[], slug: string, to: number): Ring[] {
  return rings.map((ring, index) => {
    const others = ring.sites.filter((each) => each !== slug)
    return { ...ring, sites: index === to ? [...others, slug] : others }
  })
}
