import type { PayloadRequest } from 'payload'
import { type Duty, dutiesOn, type Grant } from '@cluster/shared/governance/duties'
import { type KeyScope, narrowToKey } from '@cluster/shared/people/api-key-scope'
import type { SignInStep } from '@cluster/shared/people/second-factor'
import { relationId } from '@cluster/shared/publishing/rich-text'
import type { User } from '../payload-types.ts'
import { siteTree } from './site-tree-cache.ts'

/** Jiangsu has one time zone; a duty begins and ends with the local day. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now)
}

/** What is known of the way in which an account came in, beside the account; kept by the cluster's own sign-in strategy. */
export type SignInFacts = {
  /** The session; absent where a key opened the door. */
  sid?: string
  /** When the session ends if nothing more is done, in milliseconds since 1970. */
  deadline?: number
  /** What is still to be done before anything else is open. */
  step: SignInStep | null
  key?: KeyScope & { id: number; columnIds: readonly number[] }
}
export type SignedInUser = User & { signIn?: SignInFacts }

/** The account whose session this is, complete or not: for its own first steps. Everything else asks `personOf`. */
export function accountOf(req: PayloadRequest): SignedInUser | null {
  return req.user?.collection === 'users' ? (req.user as SignedInUser) : null
}

/** The person who asks; null for anonymous requests, and for accounts whose first steps are still to be taken. */
export function personOf(req: PayloadRequest): SignedInUser | null {
  const account = accountOf(req)
  return account?.signIn?.step ? null : account
}

/** The key by which a program came in; undefined for people. */
export const keyOf = (req: PayloadRequest): SignInFacts['key'] => accountOf(req)?.signIn?.key

/**
 * The person's grants with the paths that they reach. They are read with the account on each request, never from the token:
 * a list of 109 sites would not fit a cookie, and a revoked duty must end at once.
 * An account before its first change of password has none.
 */
export async function grantsOf(req: PayloadRequest): Promise<Grant[]> {
  const person = personOf(req)
  if (!person || person.mustChangePassword) return []
  const pathById = new Map((await siteTree(req.payload)).map((site) => [site.id, site.path]))
  const grants = (person.grants ?? []).flatMap((grant) => {
    const sitePath = pathById.get(relationId(grant.site) ?? 0)
    return sitePath ? [{
      duty: grant.duty as Duty, sitePath, includeSubtree: grant.includeSubtree ?? false,
      from: dayOf(grant.from), until: dayOf(grant.until),
    }] : []
  })
  const key = keyOf(req)
  return key ? narrowToKey(grants, key, today()) : grants
}

/** A stored instant → its day in Jiangsu, whether the day was written as midnight there, in Greenwich, or as noon. */
export const dayOf = (value: string | null | undefined) => (value ? today(new Date(value)) : undefined)

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
