import { APIError, type CollectionBeforeValidateHook } from 'payload'
import { STATES } from '@cluster/shared/publishing/states'
import type { ReviewedCollection } from '../../domains/slugs.ts'
import { type HeldRow, lockRow } from '../rows.ts'
import { keepRefusedText } from '../versions.ts'

const keyOf = (collection: string, id: number | string) => `held:${collection}/${id}`

/** The row as it stands while this save holds it. Kept by document: one request may save several at a time. */
export const heldRow = (context: Record<string, unknown>, collection: string, id: number | string): HeldRow =>
  context[keyOf(collection, id)] as HeldRow

/**
 * A save is made on the version that the editor saw. The row is locked first: of parallel saves on one version exactly one wins, the others
 * are told, and their texts are kept.
 */
export function holdVersion(collection: ReviewedCollection): CollectionBeforeValidateHook {
  return async ({ data = {}, originalDoc, operation, req }) => {
    if (operation === 'create') return data
    const row = await lockRow(req, collection, originalDoc.id)
    if (!row) throw new APIError('这篇稿件已经不存在。', 404, { code: 'not-found' }, true)
    const isStale = data.version !== row.version || (data.state !== undefined && data.state !== row.state)
    const isFixed = row.state === 'published' || row.state === 'withdrawn'
    const kept = isStale || isFixed
      ? await keepRefusedText(req, { collection, id: originalDoc.id, text: { ...originalDoc, ...data }, version: Number(data.version) }) : null
    if (isStale) {
      throw new APIError(
        '您打开之后，这篇稿件已被他人保存或提交，本次没有覆盖。您的文字已另存，可在“历史版本”中找回并对照。',
        409, { code: 'stale-version', version: row.version, state: row.state, refusedVersion: kept }, true)
    }
    if (isFixed) {
      throw new APIError(
        `稿件${STATES[row.state]}，不能直接修改。${row.state === 'published' ? '如需修改，请先点“更正”。' : ''}您的文字已另存，可在“历史版本”中找回。`,
        409, { code: 'not-editable', state: row.state, refusedVersion: kept }, true)
    }
    req.context[keyOf(collection, originalDoc.id)] = row
    return data
  }
}
