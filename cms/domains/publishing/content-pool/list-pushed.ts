import type { PayloadRequest } from 'payload'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { grantedOf, slugsOf } from './granted.ts'
import { poolSites } from './pool-sites.ts'

export type PushReport = {
  push: number
  collection: DocumentCollection
  id: number
  title: string
  site: string
  mode: 'mandatory' | 'offered'
  pushedAt: string
  personName: string
  unit: string
  takenBackAt: string | null
  takenBackReason: string | null
  /** How many sites it was for, how many of them show the text now, and how many have not answered. */
  targets: number
  shown: number
  open: number
  declined: Array<{ site: string; reason: string; by: string }>
  mayTakeBack: boolean
}

const LONGEST_LIST = 100

/** What the person's sites have pushed, the latest first, and what came of it. */
export async function listPushed(req: PayloadRequest): Promise<PushReport[]> {
  const all = await poolSites(req)
  const [readable, own] = await Promise.all([grantedOf(req, all, READING_DUTIES), grantedOf(req, all, ['final-reviewer'])])
  const rows = await query<Omit<PushReport, 'mayTakeBack'>>(req, sql`
    select pushes.id as push, pushes.collection, document_id as id, title, pushes.site, pushes.mode, pushed_at as "pushedAt", person_name as "personName", unit,
      taken_back_at as "takenBackAt", taken_back_reason as "takenBackReason", targets, shown, open, declined
    from cluster.pushes, lateral (
      select count(*)::integer as targets, count(placements.site)::integer as shown, (count(*) filter (where state = 'open'))::integer as open,
        coalesce(jsonb_agg(jsonb_build_object('site', push_targets.site, 'reason', coalesce(reason, ''), 'by', coalesce(decided_by, '')) order by push_targets.site)
          filter (where state = 'declined'), '[]') as declined
      from cluster.push_targets left join delivery.placements
        on placements.collection = pushes.collection and placements.id = pushes.document_id and placements.site = push_targets.site
      where push_id = pushes.id
    ) as outcome
    where pushes.site = any (${slugsOf(readable)}::text[]) order by pushes.id desc limit ${LONGEST_LIST}`)
  return rows.map((row) => ({
    ...row, pushedAt: new Date(row.pushedAt).toISOString(), takenBackAt: row.takenBackAt === null ? null : new Date(row.takenBackAt).toISOString(),
    mayTakeBack: row.takenBackAt === null && own.some(({ slug }) => slug === row.site),
  }))
}
