import { APIError, type CollectionBeforeValidateHook } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'

/** While a migration batch waits for its signatures its documents stay as the manifest says; afterwards each goes its own way. */
export const refuseWhileInBatch: CollectionBeforeValidateHook = async ({ data, originalDoc, operation, req }) => {
  const batchId = relationId(originalDoc?.batch)
  if (operation !== 'update' || batchId === null || originalDoc.isLive) return data
  const batch = await req.payload.findByID({ collection: 'import-batches', id: batchId, depth: 0, req, overrideAccess: true })
  if (batch.state === 'published' || batch.state === 'withdrawn') return data
  throw new APIError(`这份文件在迁移批次“${batch.title}”中等待签批，暂时不能单独修改。批次发布后，可用“更正”修改。`, 409, { code: 'in-batch' }, true)
}
