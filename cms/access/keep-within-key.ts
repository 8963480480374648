import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { keyOf } from './granted-sites.ts'

/** A program writes in the columns that its key names, neither into others nor out of them. People are not concerned. */
export const keepWithinKey: CollectionBeforeChangeHook = ({ data, originalDoc, operation, req }) => {
  const key = keyOf(req)
  if (!key) return data
  const columns = [relationId(data.column ?? originalDoc?.column), ...(operation === 'update' ? [relationId(originalDoc?.column)] : [])]
  if (!columns.every((column) => typeof column === 'number' && key.columnIds.includes(column))) {
    throw new APIError('这个接口密钥不能写这个栏目的稿件。请使用密钥所列栏目，或由本人在后台办理。', 403, { code: 'outside-key', path: 'column' }, true)
  }
  // What somebody reviews or the public reads is changed by people.
  if (operation === 'update' && originalDoc?.state !== 'draft') {
    throw new APIError('接口密钥只能改草稿。这篇稿件已经送审或发布，请由本人在后台办理。', 403, { code: 'outside-key', path: 'state' }, true)
  }
  return data
}
