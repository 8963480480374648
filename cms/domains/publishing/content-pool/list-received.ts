import type { PayloadRequest } from 'payload'
import type { OfferState } from '@cluster/shared/publishing/content-pool/placement'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { grantedOf, slugsOf } from './granted.ts'
import { poolSites } from './pool-sites.ts'

export type ReceivedOffer = {
  push: number
  collection: DocumentCollection
  id: number
  title: string
  /** Slug of the office that pushed it, and of the site that is asked. */
  from: string
  site: string
  state: OfferState
  reason: string | null
  pushedAt: string
  personName: string
  unit: string
}
export type PoolNotice = {
  notice: number
  collection: DocumentCollection
  id: number
  title: string
  origin: string
  site: string
  change: 'corrected' | 'withdrawn'
  parts: string[]
  reason: string
  personName: string
  unit: string
  at: string
}

const LONGEST_LIST = 200

/** What the superiors of the person's sites have offered, what waits for an answer first, and which originals have changed. */
export async function listReceived(req: PayloadRequest): Promise<{ offers: ReceivedOffer[]; notices: PoolNotice[] }> {
  const sites = slugsOf(await grantedOf(req, await poolSites(req), ['editor']))
  const [offers, notices] = await Promise.all([
    query<ReceivedOffer>(req, sql`
      select push_id as push, collection, document_id as id, title, pushes.site as "from", push_targets.site, state, push_targets.reason,
        pushed_at as "pushedAt", person_name as "personName", unit
      from cluster.push_targets join cluster.pushes on pushes.id = push_id
      where push_targets.site = any (${sites}::text[]) and state <> 'placed' and mode = 'offered'
      order by (state = 'open') desc, push_id desc limit ${LONGEST_LIST}`),
    query<PoolNotice>(req, sql`
      select id as notice, collection, document_id as id, title, origin, site, change, parts, reason, person_name as "personName", unit, at
      from cluster.pool_notices where site = any (${sites}::text[]) and seen_at is null order by pool_notices.id desc limit ${LONGEST_LIST}`),
  ])
  return { offers: offers.map((offer) => ({ ...offer, pushedAt: iso(offer.pushedAt) })), notices: notices.map((notice) => ({ ...notice, at: iso(notice.at) })) }
}

const iso = (value: string) => new Date(value).toISOString()
