import { APIError, type CollectionBeforeDeleteHook } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { query, sql } from '../../../../database/query.ts'
import { COLUMN_KEEPER } from './refuse-mandated-change.ts'

/** A mandated column stays; a local one goes only when nothing is kept in it, nor placed in it by others. */
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
  const [placed] = await query<{ count: number }>(req, sql`
    select count(*)::integer as count from delivery.placements join sites on sites.slug = placements.site
    where sites.id = ${relationId(column.site)} and column_key = ${column.key}`)
  if ((placed?.count ?? 0) > 0) {
    throw new APIError(`“${column.name}”里还有 ${placed?.count} 篇采用或推送来的内容。请先在“内容共享”里撤下，必登内容请联系推送单位收回。`, 409, { code: 'column-not-empty' }, true)
  }
}
