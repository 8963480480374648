import type { PayloadRequest } from 'payload'
import { refusal } from '@cluster/shared/issue'
import { policyIssues } from '@cluster/shared/publishing/completeness'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { placeOf } from '../../../delivery/place.ts'
import { storeRecord, storeTombstone } from '../../../delivery/store-record.ts'
import type { Policy } from '../../../payload-types.ts'
import { clockOf } from '../../../review/clock.ts'
import type { Reviewable } from '../../../review/reviewable.ts'
import { policyRecord, projectPolicy } from './project-policy.ts'

const read = (req: PayloadRequest, id: number): Promise<Policy> =>
  req.payload.findByID({ collection: 'policies', id, depth: 0, req, overrideAccess: true })

export const reviewablePolicy: Reviewable = {
  sign: async (req, id) => {
    const policy = await read(req, id)
    const { place, content, body, issues: missing } = await projectPolicy(req, policy, await placeOf(req, policy))
    const issues = policyIssues(content, {
      columnKey: place.column?.key ?? null, columnKind: place.column?.kind ?? null, kind: 'policy', text: body.text, isImported: Boolean(policy.sourceId),
    })
    issues.push(...missing)
    if (await waitsInBatch(req, policy)) issues.push(refusal('in-batch', '这份文件在迁移批次中等待签批，请在批次里处理。'))
    return { content, issues }
  },
  publish: async (req, id, _signed, publication) => {
    const policy = await read(req, id)
    const projected = await projectPolicy(req, policy, await placeOf(req, policy))
    return storeRecord(req, policyRecord(projected, publication), {
      files: projected.files, links: [], sitePath: projected.place.site.path, now: clockOf(req).toISOString(),
    })
  },
  withdraw: async (req, id, withdrawal) => {
    const { site } = await placeOf(req, await read(req, id))
    return storeTombstone(req, { collection: 'policies', id }, withdrawal, site.path)
  },
}

/** True while the document's batch has not been released. */
async function waitsInBatch(req: PayloadRequest, policy: Policy): Promise<boolean> {
  const batchId = relationId(policy.batch)
  if (batchId === null || policy.isLive) return false
  const batch = await req.payload.findByID({ collection: 'import-batches', id: batchId, depth: 0, req, overrideAccess: true })
  return batch.state !== 'published' && batch.state !== 'withdrawn'
}
