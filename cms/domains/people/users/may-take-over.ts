import type { PayloadRequest } from 'payload'
import { isWithin } from '@cluster/shared/governance/site-tree'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { sitesWith } from '../../../access/granted-sites.ts'
import { siteTree } from '../../../access/site-tree-cache.ts'

type Account = { site?: unknown; grants?: Array<{ site?: unknown; includeSubtree?: boolean | null }> | null }

/**
 * True when the person is security administrator of everything that the account can reach: who sets its password or takes its second factor
 * away could sign in as it. A grant on a subtree reaches every site in it.
 */
export async function mayTakeOver(req: PayloadRequest, { site, grants }: Account): Promise<boolean> {
  const reach = await sitesWith(req, ['security-admin'])
  if (reach === 'all') return true
  const tree = await siteTree(req.payload)
  const reached = [{ site, includeSubtree: false }, ...(grants ?? [])].flatMap((grant) => {
    const root = tree.find(({ id }) => id === relationId(grant.site))
    if (!root) return []
    return grant.includeSubtree ? tree.filter(({ path }) => isWithin(path, root.path)) : [root]
  })
  return reached.length > 0 && reached.every(({ id }) => reach.includes(id))
}
