import type { PayloadRequest } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { sitesWith } from '../../../access/granted-sites.ts'
import type { PoolSite } from './pool-sites.ts'

/** Those of the sites on which the person has one of the duties. */
export async function grantedOf(req: PayloadRequest, sites: readonly PoolSite[], duties: readonly Duty[]): Promise<PoolSite[]> {
  const granted = await sitesWith(req, duties)
  return granted === 'all' ? [...sites] : sites.filter(({ id }) => granted.includes(id))
}

/** Slugs as a PostgreSQL array literal: one parameter, however many sites. */
export const slugsOf = (sites: ReadonlyArray<{ slug: string }>) => `{${sites.map(({ slug }) => slug).join(',')}}`
