import type { PayloadRequest } from 'payload'
import { query, sql } from '../../../database/query.ts'

/** Makes the layouts of sites that have none yet: everything as the province proposes. */
export async function openLayouts(req: PayloadRequest, siteIds: readonly number[]): Promise<void> {
  await query(req, sql`
    insert into layouts (title, site_id, state, version)
    select '首页布置', id, 'draft', 1 from sites where id = any (${sql.param([...siteIds])}::int[])
    on conflict (site_id) do nothing`)
}
