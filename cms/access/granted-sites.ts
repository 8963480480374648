import type { PayloadRequest } from 'payload'
import { type Duty, dutiesOn, type Grant } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import type { User } from '../payload-types.ts'
import { siteTree } from './site-tree-cache.ts'

/** Jiangsu has one time zone; a duty begins and ends with the local day. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now)
}

/** The person who asks; null for anonymous requests. */
export function personOf(req: PayloadRequest): User | null {
  return req.user?.collection === 'users' ? (req.user as User) : null
}

/**
 * The person's grants with the paths that they reach. They are read with the account on each request, never from the token:
 * a list of 109 sites would not fit a cookie, and a revoked duty must end at once.
 * An account before its first change of password has none.
 */
export async function grantsOf(req: PayloadRequest): Promise<Grant[]> {
  const person = personOf(req)
  if (!person || person.mustChangePassword) return []
  const pathById = new Map((await siteTree(req.payload)).map((site) => [site.id, site.path]))
  return (person.grants ?? []).flatMap((grant) => {
    const sitePath = pathById.get(relationId(grant.site) ?? 0)
    return sitePath ? [{
      duty: grant.duty as Duty, sitePath, includeSubtree: grant.includeSubtree ?? false,
      from: dayOf(grant.from), until: dayOf(grant.until),
    }] : []
  })
}

/** A stored instant → its day in Jiangsu, whether the day was written as midnight there, in Greenwich, or as noon. */
const dayOf = (value: string | null | undefined) => (value ? today(new Date(value)) : undefined)

/** The duties that the person has on one site today. */
export async function dutiesOnSite(req: PayloadRequest, siteId: number): Promise<Set<Duty>> {
  const site = (await siteTree(req.payload)).find(({ id }) => id === siteId)
  return site ? dutiesOn(await grantsOf(req), site.path, today()) : new Set()
}

/** The sites on which the person has one of the duties today: `all`, or their ids. */
export async function sitesWith(req: PayloadRequest, duties: readonly Duty[]): Promise<'all' | number[]> {
  const grants = (await grantsOf(req)).filter((grant) => duties.includes(grant.duty))
  if (grants.length === 0) return []
  const sites = await siteTree(req.payload)
  const day = today()
  const ids = sites.filter((site) => dutiesOn(grants, site.path, day).size > 0).map((site) => site.id)
  return ids.length === sites.length && sites.length > 0 ? 'all' : ids
}
