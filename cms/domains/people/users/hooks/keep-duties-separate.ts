import { APIError, type CollectionBeforeChangeHook, Forbidden } from 'payload'
import { DUTIES, type Duty, exclusiveClashes } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { personOf } from '../../../../access/granted-sites.ts'
import { hasDutyOn } from '../../../../access/within-granted-sites.ts'

type GrantRow = { duty: Duty; site: unknown; includeSubtree?: boolean }

/** Province, security and audit administrators exclude one another, and nobody grants what lies outside their own reach. */
export const keepDutiesSeparate: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const grants: GrantRow[] = data.grants ?? originalDoc?.grants ?? []
  const [clash] = exclusiveClashes(grants.map(({ duty }) => duty))
  if (clash) {
    throw new APIError(`“${DUTIES[clash[0]]}”和“${DUTIES[clash[1]]}”不能由同一人担任（三员分立），请去掉其中一项。`, 422, { code: 'exclusive-duties', path: 'grants' }, true)
  }
  if (!personOf(req) || !data.grants) return data
  for (const grant of grants) {
    const site = relationId(grant.site)
    if (site === null || !(await hasDutyOn(req, site, ['security-admin']))) throw new Forbidden(req.t)
  }
  return data
}
