import { APIError, type CollectionBeforeDeleteHook } from 'payload'
import { query, sql } from '../../../../database/query.ts'
import { COLUMN_KEEPER } from './refuse-mandated-change.ts'

/** A mandated column stays; a local one goes only when nothing is kept in it. */
export const refuseRemoval: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const column = await req.payload.findByID({ collection: 'columns', id, depth: 0, req, overrideAccess: true })
  if (column.isMandated) {
    throw new APIError(`“${column.name}”是省级模板的必设栏目，不能删除。${COLUMN_KEEPER}`, 403, { code: 'mandated-column' }, true)
  }
  const [held] = await query<{ count: number }>(req, sql`
    select (select count(*) from articles where column_id = ${id}) + (select count(*) from policies where column_id = ${id}) as count`)
  if (Number(held?.count) > 0) {
    throw new APIError(`“${column.name}”里还有 ${held?.count} 篇稿件，请先移到其他栏目再删除。`, 409, { code: 'column-not-empty' }, true)
  }
}
