import type { FieldAccess } from 'payload'
import { TEXT_DUTIES } from '@cluster/shared/governance/duties'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { sitesWith } from '../../../access/granted-sites.ts'

/**
 * Who wrote a letter is known to those who answer it; whoever inspects or administers the site reads the letter without its sender.
 * Asked without a letter (may one filter by it at all?) it is answered by whether the person handles letters anywhere.
 */
export const onlyHandlers: FieldAccess = async ({ req, doc }) => {
  const sites = await sitesWith(req, TEXT_DUTIES)
  if (sites === 'all') return true
  const site = relationId(doc?.site)
  return site === null ? sites.length > 0 : sites.includes(site)
}
