import { APIError, type CollectionBeforeChangeHook, Forbidden, type PayloadRequest } from 'payload'
import { DUTIES, type Duty, exclusiveClashes } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { isWithin } from '@cluster/shared/governance/site-tree'
import { personOf, sitesWith } from '../../../../access/granted-sites.ts'
import { siteTree } from '../../../../access/site-tree-cache.ts'

type GrantRow = { duty: Duty; site: unknown; includeSubtree?: boolean | null; from?: string | null; until?: string | null }

/** Province, security and audit administrators exclude one another, and nobody grants or takes away what lies outside their own reach. */
export const keepDutiesSeparate: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const grants: GrantRow[] = data.grants ?? originalDoc?.grants ?? []
  const [clash] = exclusiveClashes(grants.map(({ duty }) => duty))
  if (clash) {
    throw new APIError(`“${DUTIES[clash[0]]}”和“${DUTIES[clash[1]]}”不能由同一人担任（三员分立），请去掉其中一项。`, 422, { code: 'exclusive-duties', path: 'grants' }, true)
  }
  if (!personOf(req)) return data
  for (const grant of changedGrants(originalDoc?.grants ?? [], grants)) {
    if (!(await mayGrant(req, grant))) throw new Forbidden(req.t)
  }
  return data
}

/** A grant on a subtree reaches every site in it, and so must the one who gives it. */
async function mayGrant(req: PayloadRequest, { site, includeSubtree }: GrantRow): Promise<boolean> {
  const reach = await sitesWith(req, ['security-admin'])
  const tree = await siteTree(req.payload)
  const root = tree.find(({ id }) => id === relationId(site))
  if (!root) return false
  const granted = includeSubtree ? tree.filter(({ path }) => isWithin(path, root.path)) : [root]
  return reach === 'all' || granted.every(({ id }) => reach.includes(id))
}

/**
 * The grants that one list has and the other has not. Payload completes every save from the stored account, so that a new
 * password arrives with all grants: only what differs was asked for.
 */
function changedGrants(before: readonly GrantRow[], after: readonly GrantRow[]): GrantRow[] {
  const has = (rows: readonly GrantRow[]) => new Set(rows.map(keyOf))
  const [old, now] = [has(before), has(after)]
  return [...before.filter((grant) => !now.has(keyOf(grant))), ...after.filter((grant) => !old.has(keyOf(grant)))]
}

const keyOf = ({ duty, site, includeSubtree, from, until }: GrantRow) => JSON.stringify([duty, relationId(site), includeSubtree ?? false, instant(from), instant(until)])
const instant = (value: string | null | undefined) => (value ? new Date(value).getTime() : null)
