import { isWithin } from './site-tree.ts'

/** What a person may do, always on a site or on its subtree. */
export const DUTIES = {
  'province-admin': '省级管理员',
  'site-admin': '站点管理员',
  'template-steward': '模板管理员',
  editor: '编辑',
  'first-reviewer': '初审',
  'second-reviewer': '复审',
  'final-reviewer': '终审',
  inspector: '检查员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
} as const
export type Duty = keyof typeof DUTIES
export const DUTY_CODES = Object.keys(DUTIES) as Duty[]

/** Duties that keep one another in check: nobody holds two (GB/T 22239, separation of administrators). */
export const EXCLUSIVE_DUTIES: readonly Duty[] = ['province-admin', 'security-admin', 'audit-admin']

/** Who writes and reviews texts, in the order of the chain. */
export const TEXT_DUTIES: readonly Duty[] = ['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer']

/** Who may read working copies: those who write them, and those who answer for the site. */
export const READING_DUTIES: readonly Duty[] = [...TEXT_DUTIES, 'site-admin', 'province-admin', 'inspector']

export type Grant = {
  duty: Duty
  /** `SiteFact.path` of the site that the duty was granted on. */
  sitePath: string
  includeSubtree: boolean
  /** First and last day, `YYYY-MM-DD`, both included; absent means without limit. */
  from?: string | undefined
  until?: string | undefined
}

/** True on the days that the grant covers. `today` is `YYYY-MM-DD` in the cluster's time zone. */
export function isInForce(grant: Pick<Grant, 'from' | 'until'>, today: string): boolean {
  return (!grant.from || grant.from <= today) && (!grant.until || today <= grant.until)
}

/** True when the grant reaches the site with this path today. */
export function reaches(grant: Grant, sitePath: string, today: string): boolean {
  if (!isInForce(grant, today)) return false
  return grant.includeSubtree ? isWithin(sitePath, grant.sitePath) : sitePath === grant.sitePath
}

/** The duties that a person has on a site today. */
export function dutiesOn(grants: readonly Grant[], sitePath: string, today: string): Set<Duty> {
  return new Set(grants.filter((grant) => reaches(grant, sitePath, today)).map((grant) => grant.duty))
}

/** The pairs of exclusive duties that one person would hold together; overlapping dates do not matter: separation is for good. */
export function exclusiveClashes(duties: Iterable<Duty>): Array<readonly [Duty, Duty]> {
  const all = new Set(duties)
  const held = EXCLUSIVE_DUTIES.filter((duty) => all.has(duty))
  return held.flatMap((duty, index) => held.slice(index + 1).map((other) => [duty, other] as const))
}
