import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { mandatedColumn } from '@cluster/shared/governance/mandated-columns'
import { personOf } from '../../../../access/granted-sites.ts'

/** What the province fixes of a mandated column, in the words of the form; everything but its description. */
const FIXED = { key: '网址标识', name: '名称', kind: '内容类型', order: '次序', isMandated: '“必设栏目”' } as const
/** Whom the province lets change it; told with every refusal. */
export const COLUMN_KEEPER = '只有省级模板管理员能改；确有需要，请向省级编办提出。'

/** A mandated column keeps its key, name, kind and place, and nobody turns a local column into one: the list is the province's. */
export const refuseMandatedChange: CollectionBeforeChangeHook = ({ data, originalDoc, operation, req }) => {
  if (!personOf(req)) return data
  if (operation === 'create') {
    if (mandatedColumn(data.key)) {
      throw new APIError(`“${data.key}”是必设栏目的标识，请换一个。`, 422, { code: 'mandated-key', path: 'key' }, true)
    }
    return { ...data, isMandated: false }
  }
  const merged = { ...originalDoc, ...data }
  const changed = (Object.keys(FIXED) as Array<keyof typeof FIXED>).filter((field) => merged[field] !== originalDoc[field])
  if (originalDoc.isMandated && changed.length > 0) {
    const fields = changed.map((field) => FIXED[field]).join('、')
    throw new APIError(`“${originalDoc.name}”是省级模板的必设栏目，${fields}全省一致，不能修改。${COLUMN_KEEPER}`, 403, { code: 'mandated-column', path: changed[0] }, true)
  }
  if (!originalDoc.isMandated && mandatedColumn(merged.key)) {
    throw new APIError(`“${merged.key}”是必设栏目的标识，请换一个。`, 422, { code: 'mandated-key', path: 'key' }, true)
  }
  return { ...data, isMandated: originalDoc.isMandated }
}
