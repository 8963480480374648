import type { PayloadRequest } from 'payload'
import { type Disclosure, documentRecordSchema, type PolicyRecord } from '@cluster/shared/delivery/records'
import { contentDigest } from '@cluster/shared/publishing/digest'
import { query, sql } from '../../../database/query.ts'
import type { Place } from '../../../delivery/place.ts'
import type { ImportBatch } from '../../../payload-types.ts'
import { policyRecord, projectPolicy } from '../policies/project-policy.ts'

/** A document of a signed batch that does not show the batch's chain yet; one that is live shows an earlier state of it. */
export type WaitingDocument = { id: number; isLive: boolean }

/** What every document of the batch shows alike: the chain, and the batch over whose manifest it was signed. */
export type Shown = Omit<Disclosure, 'digest'>

export function shownOf({ id, title, documents }: ImportBatch, { digest, ...chain }: Disclosure): Shown {
  return { ...chain, batch: { id, name: title, documents, manifestDigest: digest } }
}

type Projected = { records: PolicyRecord[]; changed: number[] }

/** The public form of documents that wait, each over its own digest; `changed` are those that are not as the manifest has them. */
export async function projectWaiting(
  req: PayloadRequest,
  waiting: readonly WaitingDocument[],
  { place, at, shown }: { place: Place; at: string; shown: Shown },
): Promise<Projected> {
  const ids = (isLive: boolean) => waiting.filter((document) => document.isLive === isLive).map(({ id }) => id)
  const live = await showAnew(req, ids(true), shown)
  const { records, changed } = await projectNew(req, ids(false), { place, at, shown })
  return { records: [...live, ...records], changed }
}

async function projectNew(
  req: PayloadRequest,
  ids: readonly number[],
  { place, at, shown }: { place: Place; at: string; shown: Shown },
): Promise<Projected> {
  const { docs } = await req.payload.find({
    collection: 'policies',
    where: { id: { in: ids } },
    sort: 'id',
    pagination: false,
    depth: 0,
    req,
    overrideAccess: true,
  })
  const records: PolicyRecord[] = []
  const changed: number[] = []
  for (const policy of docs) {
    const projected = await projectPolicy(req, policy, place)
    const digest = contentDigest(projected.content)
    if (digest === policy.contentDigest) {
      const record = policyRecord(projected, { disclosure: { ...shown, digest }, publishedAt: at, corrections: [] })
      documentRecordSchema.parse(record)
      records.push(record)
    } else {
      changed.push(policy.id)
    }
  }
  return { records, changed }
}

/** What went out in an emergency keeps its content and time; only who answers for it is told anew. */
async function showAnew(req: PayloadRequest, ids: readonly number[], shown: Shown): Promise<PolicyRecord[]> {
  if (ids.length === 0) return []
  const rows = await query<{ record: PolicyRecord }>(req, sql`
    select record from delivery.records where collection = 'policies' and id = any (${sql.param([...ids])}::int[])
    order by id`)
  return rows.map(({ record }) => ({ ...record, disclosure: { ...shown, digest: record.disclosure.digest } }))
}
