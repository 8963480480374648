import type { PayloadRequest } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { isPermitted, type Issue } from '@cluster/shared/issue'
import { personOf } from '../../../access/granted-sites.ts'
import { hasDutyOn } from '../../../access/within-granted-sites.ts'
import { clockOf } from '../../../review/clock.ts'
import { frozenIssue } from '../../governance/site-lifecycle/frozen.ts'
import { refuse, Refused } from '../../people/answer.ts'
import { type PoolSite, poolSites } from './pool-sites.ts'

/** Who acts for which site, and when. */
export type Acting = { site: PoolSite; sites: PoolSite[]; person: { id: number; name: string; unit: string }; now: string }

/** Whose deed it is: the words of the refusal. */
const DEEDS: Record<'editor' | 'final-reviewer', string> = { editor: '编辑', 'final-reviewer': '终审' }

/**
 * The person as somebody who has the duty on the site.
 * @throws Refused 403 without it: whether there is such a site is not told apart
 */
export async function actFor(req: PayloadRequest, slug: string, duty: 'editor' | 'final-reviewer'): Promise<Acting> {
  const sites = await poolSites(req)
  const site = sites.find((each) => each.slug === slug)
  const person = personOf(req)
  if (!site || !person || !(await hasDutyOn(req, site.id, [duty] satisfies Duty[]))) {
    refuse(403, 'duty-missing', `这项操作须由${site && person ? site.name : '该站点'}的“${DEEDS[duty]}”办理，您的账号没有这项职责。`)
  }
  const frozen = await frozenIssue(req, { siteId: site.id })
  if (frozen) refuse(409, frozen.code, frozen.message)
  return { site, sites, person: { id: person.id, name: person.name, unit: person.unit }, now: clockOf(req).toISOString() }
}

const FORBIDDEN = ['not-permitted', 'not-own', 'outside-subtree', 'out-of-reach', 'locked-placement', 'not-the-superior']
const CONFLICTS = ['there-already', 'offer-closed', 'decided-already', 'waiting-already', 'accepted-already', 'taken-back-already', 'not-published']

/** Lets the deed go on where nothing stands against it. @throws Refused with every reason */
export function insist(issues: readonly Issue[]): void {
  if (isPermitted(issues)) return
  const has = (codes: readonly string[]) => issues.some(({ code }) => codes.includes(code))
  throw new Refused(has(FORBIDDEN) ? 403 : has(CONFLICTS) ? 409 : 422, issues)
}
