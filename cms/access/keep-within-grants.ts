import { type CollectionBeforeValidateHook, Forbidden } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { personOf } from './granted-sites.ts'
import { hasDutyOn } from './within-granted-sites.ts'

/**
 * The site that a new document names must be one of the person's own. The access rule for creating is also asked
 * without data (may this person create at all?); this sees the document that is about to be written. Afterwards its site never changes.
 * The cluster's own writes come without a person.
 */
export function keepWithinGrants(duties: readonly Duty[]): CollectionBeforeValidateHook {
  return async ({ data, operation, req }) => {
    const site = operation === 'create' ? relationId(data?.site) : null
    if (personOf(req) && site !== null && !(await hasDutyOn(req, site, duties))) throw new Forbidden(req.t)
    return data
  }
}
