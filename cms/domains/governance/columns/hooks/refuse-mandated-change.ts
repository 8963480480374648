import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { mandatedColumn } from '@cluster/shared/governance/mandated-columns'
import { personOf } from '../../../../access/granted-sites.ts'

/** A mandated column keeps its key, name and kind, and nobody turns a local column into one: the list is the province's. */
export const refuseMandatedChange: CollectionBeforeChangeHook = ({ data, originalDoc, operation, req }) => {
  if (!personOf(req)) return data
  if (operation === 'create') {
    if (mandatedColumn(data.key)) {
      throw new APIError(`“${data.key}”是必设栏目的标识，请换一个。`, 422, { code: 'mandated-key', path: 'key' }, true)
    }
    return { ...data, isMandated: false }
  }
  const merged = { ...originalDoc, ...data }
  const isChanged = (['key', 'name', 'kind', 'isMandated'] as const).some((field) => merged[field] !== originalDoc[field])
  if (originalDoc.isMandated && isChanged) {
    throw new APIError(`“${originalDoc.name}”是省级模板的必设栏目，名称、标识和类型不能修改。如有需要请联系省级模板管理员。`, 403, { code: 'mandated-column' }, true)
  }
  if (!originalDoc.isMandated && mandatedColumn(merged.key)) {
    throw new APIError(`“${merged.key}”是必设栏目的标识，请换一个。`, 422, { code: 'mandated-key', path: 'key' }, true)
  }
  return { ...data, isMandated: originalDoc.isMandated }
}
