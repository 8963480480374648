import type { CollectionBeforeValidateHook } from 'payload'
import { ARTICLE_KINDS, type ArticleKind } from '@cluster/shared/publishing/kinds'
import { relationId } from '@cluster/shared/publishing/rich-text'

/** What a text is follows from where it stands; an editor is not asked twice. */
export const takeKindFromColumn: CollectionBeforeValidateHook = async ({ data, originalDoc, req }) => {
  const columnId = relationId(data?.column) ?? relationId(originalDoc?.column)
  if (!data || columnId === null) return data
  const column = await req.payload.findByID({ collection: 'columns', id: columnId, depth: 0, req, overrideAccess: true, select: { kind: true } })
  return (ARTICLE_KINDS as readonly string[]).includes(column.kind) ? { ...data, kind: column.kind as ArticleKind } : data
}
