import type { PayloadRequest } from 'payload'
import { query, sql } from '../database/query.ts'

/**
 * Tells every portal which pages are out of date. It must be the last statement before the commit: from here to the commit the feed's
 * lock is held, so that the order of the feed is the order of the commits.
 */
export async function announce(req: PayloadRequest, tags: readonly string[]): Promise<void> {
  await query(req, sql`select delivery.announce(${sql.param([...new Set(tags)])}::text[])`)
}
