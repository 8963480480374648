import type { PayloadRequest } from 'payload'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { POINTS_2026, type SubmissionState } from '@cluster/shared/publishing/content-pool/submission'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { query, sql } from '../../../database/query.ts'
import { grantedOf, slugsOf } from './granted.ts'
import { poolSites } from './pool-sites.ts'

export type SubmissionLine = {
  submission: number
  collection: DocumentCollection
  id: number
  title: string
  from: string
  to: string
  state: SubmissionState
  submittedAt: string
  personName: string
  unit: string
  decidedAt: string | null
  decidedBy: string | null
  reason: string | null
  /** Points that it brought; 0 unless accepted. */
  points: number
  mayDecide: boolean
}

type Row = Omit<SubmissionLine, 'points' | 'mayDecide'> & { toLevel: keyof typeof POINTS_2026 }
const LONGEST_LIST = 200

/** What was submitted to the person's sites (`below`), or by them (`own`): what waits first, then the latest. */
export async function listSubmissions(req: PayloadRequest, which: 'below' | 'own'): Promise<SubmissionLine[]> {
  const all = await poolSites(req)
  const [readable, deciding] = await Promise.all([grantedOf(req, all, READING_DUTIES), grantedOf(req, all, ['final-reviewer'])])
  const side = sql.identifier(which === 'below' ? 'to_site' : 'from_site')
  const rows = await query<Row>(req, sql`
    select id as submission, collection, document_id as id, title, from_site as "from", to_site as "to", to_level as "toLevel", state,
      submitted_at as "submittedAt", person_name as "personName", unit, decided_at as "decidedAt", decided_by as "decidedBy", reason
    from cluster.submissions where ${side} = any (${slugsOf(readable)}::text[])
    order by (state = 'waiting') desc, submissions.id desc limit ${LONGEST_LIST}`)
  return rows.map(({ toLevel, ...row }) => ({
    ...row, submittedAt: new Date(row.submittedAt).toISOString(), decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt).toISOString(),
    points: row.state === 'accepted' ? POINTS_2026[toLevel] : 0,
    mayDecide: row.state === 'waiting' && deciding.some(({ slug }) => slug === row.to),
  }))
}
