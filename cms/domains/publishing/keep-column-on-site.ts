import { APIError, type CollectionBeforeValidateHook } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'

/** A document stands in a column of its own site. */
export const keepColumnOnSite: CollectionBeforeValidateHook = async ({ data, originalDoc, req }) => {
  const columnId = relationId(data?.column)
  const siteId = relationId(data?.site) ?? relationId(originalDoc?.site)
  if (columnId === null || siteId === null || columnId === relationId(originalDoc?.column)) return data
  const { totalDocs } = await req.payload.count({
    collection: 'columns', where: { and: [{ id: { equals: columnId } }, { site: { equals: siteId } }] }, req, overrideAccess: true })
  if (totalDocs === 0) throw new APIError('所选栏目不属于这个站点，请重新选择。', 422, { code: 'column-elsewhere', path: 'column' }, true)
  return data
}
