import { APIError, type CollectionBeforeValidateHook } from 'payload'
import { STATES } from '@cluster/shared/publishing/states'
import type { ReviewedCollection } from '../../domains/slugs.ts'
import { type HeldRow, lockRow } from '../rows.ts'
import { keepRefusedText } from '../versions.ts'

/** The row as it stands while this save holds it. */
export const heldRow = (context: Record<string, unknown>): HeldRow => context.heldRow as HeldRow

/**
 * A save is made on the version that the editor saw. The row is locked first: of parallel saves on one version exactly one wins, the others
 * are told, and their texts are kept.
 */
export function holdVersion(collection: ReviewedCollection): CollectionBeforeValidateHook {
  return async ({ data = {}, originalDoc, operation, req }) => {
    if (operation === 'create') return data
    const row = await lockRow(req, collection, originalDoc.id)
    if (!row) throw new APIError('这篇稿件已经不存在。', 404, { code: 'not-found' }, true)
    if (typeof data.version !== 'number') {
      throw new APIError('保存时须带上所依据的版本号（version）。请刷新页面后重试。', 400, { code: 'version-required', path: 'version' }, true)
    }
    const isStale = data.version !== row.version || (data.state !== undefined && data.state !== row.state)
    if (isStale) {
      const kept = await keepRefusedText(req, { collection, id: originalDoc.id, text: { ...originalDoc, ...data }, version: data.version })
      throw new APIError(
        '您打开之后，这篇稿件已被他人保存或提交，本次没有覆盖。您的文字已另存，可在“历史版本”中找回并对照。',
        409, { code: 'stale-version', version: row.version, state: row.state, refusedVersion: kept }, true)
    }
    if (row.state === 'published' || row.state === 'withdrawn') {
      throw new APIError(
        `稿件${STATES[row.state]}，不能直接修改。${row.state === 'published' ? '如需修改，请先点“更正”。' : ''}`,
        409, { code: 'not-editable', state: row.state }, true)
    }
    req.context.heldRow = row
    return data
  }
}
