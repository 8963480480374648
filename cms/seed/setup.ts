import { createLocalReq, type Payload } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import type { SiteFact } from '@cluster/shared/governance/site-tree'
import { makePassword } from '../domains/people/passwords/make-password.ts'
import { openSites } from './open-sites.ts'

export type FirstAdministrator = { duty: Extract<Duty, 'province-admin' | 'security-admin' | 'audit-admin'>; name: string; unit: string; email: string }

/**
 * Prepares an empty production cluster: the sites with their mandated columns, and the first administrators, each another person.
 * @returns each administrator's password, the only time that it is in clear; it must be changed at the first sign-in
 * @throws Error when the cluster is not empty
 */
export async function setUpCluster(
  { payload, sites, administrators }: { payload: Payload; sites: readonly SiteFact[]; administrators: readonly FirstAdministrator[] },
): Promise<Array<{ email: string; password: string }>> {
  const { totalDocs } = await payload.count({ collection: 'sites' })
  if (totalDocs > 0) throw new Error('数据库里已经有站点，不能再次初始化。请换一个空的数据库。')
  const root = sites.find(({ parent }) => parent === null)
  if (!root) throw new Error('站点清单里没有省级站点。')
  const ids = await openSites(payload, sites)
  const opened: Array<{ email: string; password: string }> = []
  for (const { duty, name, unit, email } of administrators) {
    const password = makePassword()
    const req = await createLocalReq({}, payload)
    const site = ids.get(root.slug)!
    await payload.create({
      collection: 'users', req, overrideAccess: true,
      data: { email, password, name, unit, site, mustChangePassword: true, grants: [{ duty, site, includeSubtree: true }] },
    })
    opened.push({ email, password })
  }
  return opened
}
