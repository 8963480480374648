import type { PayloadRequest } from 'payload'
import { inTransaction, query, sql } from '../../../database/query.ts'
import { refuse } from '../../people/answer.ts'
import { actFor } from './acting.ts'

/** One editor of the site has seen that an original was corrected or withdrawn; it leaves everybody's inbox. Doing it twice changes nothing. */
export async function acknowledgeNotice(req: PayloadRequest, id: number): Promise<void> {
  return inTransaction(req, async () => {
    const [notice] = await query<{ site: string }>(req, sql`select site from cluster.pool_notices where id = ${id}`)
    if (!notice) refuse(404, 'not-found', '没有找到这条提醒。请刷新页面。')
    const { person, now } = await actFor(req, notice.site, 'editor')
    await query(req, sql`update cluster.pool_notices set seen_at = ${now}, seen_by = ${person.name} where id = ${id} and seen_at is null`)
  })
}
