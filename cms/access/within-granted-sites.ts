import type { Access, PayloadRequest, Where } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { personOf, sitesWith } from './granted-sites.ts'

/** Matches nothing: a read outside one's sites finds no document (404), it is not told that there is one (403). */
const NOTHING: Where = { id: { equals: 0 } }

/** Documents of the sites on which the person has one of the duties. */
export function withinGrantedSites(duties: readonly Duty[], field = 'site'): Access {
  return async ({ req }) => {
    if (!personOf(req)) return false
    const sites = await sitesWith(req, duties)
    if (sites === 'all') return true
    return sites.length > 0 ? { [field]: { in: sites } } : NOTHING
  }
}

/** May create where the document's site is one on which the person has one of the duties. */
export function onGrantedSite(duties: readonly Duty[], field = 'site'): Access {
  return async ({ req, data }) => {
    const sites = await sitesWith(req, duties)
    if (sites === 'all') return true
    // The admin asks without data whether to show the button at all.
    const site = relationId((data as Record<string, unknown> | undefined)?.[field])
    return site === null ? sites.length > 0 : sites.includes(site)
  }
}

/** Anyone who is signed in, once the first change of password is made. */
export const signedIn: Access = ({ req }) => {
  const person = personOf(req)
  return person !== null && !person.mustChangePassword
}

/** Nobody, by no request: the collection is written by the cluster itself. */
export const nobody: Access = () => false

/** True when the person has one of the duties on the site today. */
export async function hasDutyOn(req: PayloadRequest, siteId: number, duties: readonly Duty[]): Promise<boolean> {
  const sites = await sitesWith(req, duties)
  return sites === 'all' || sites.includes(siteId)
}
