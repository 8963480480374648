import type { PayloadRequest } from 'payload'
import { type Issue, refusal } from '@cluster/shared/issue'
import { query, sql } from '../../../database/query.ts'
import { enqueue } from '../../../outbox/enqueue.ts'
import type { Reviewable } from '../../../review/reviewable.ts'

/** What the three persons sign: which documents the batch holds, each by the digest of its content. */
export type Manifest = { batch: number; documents: Array<{ sourceId: string; digest: string }> }

export async function manifestOf(req: PayloadRequest, id: number): Promise<Manifest> {
  const documents = await query<{ sourceId: string; digest: string }>(req, sql`
    select source_id as "sourceId", content_digest as digest from policies where batch_id = ${id} order by source_id`)
  return { batch: id, documents }
}

export const reviewableBatch: Reviewable = {
  sign: async (req, id) => {
    const content = await manifestOf(req, id)
    const batch = await req.payload.findByID({ collection: 'import-batches', id, depth: 0, req, overrideAccess: true })
    const issues: Issue[] = []
    if (!batch.isComplete) issues.push(refusal('batch-incomplete', '这个批次还没有导入完。请再次运行导入，它会从中断的地方继续。'))
    if (content.documents.length === 0) issues.push(refusal('batch-empty', '这个批次里没有文件。'))
    return { content, issues }
  },
  // Thousands of documents are not one click's work: the outbox releases them in portions, each a transaction of its own.
  publish: async (req, id, _signed, { disclosure }) => {
    await enqueue(req, 'release-batch', { batch: id, disclosure }, { key: `release-batch:${id}` })
    return []
  },
  withdraw: async () => [],
}
