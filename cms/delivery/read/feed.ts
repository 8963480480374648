import type { FeedEvent, FeedSlice } from '@cluster/shared/delivery/api'
import type { ReadDatabase } from './database.ts'

/** Events of one slice: a portal that was away for weeks takes them in turns. */
export const SLICE = 500

/** The change feed after a number, in the order of commits. */
export async function readFeed(database: ReadDatabase, after: number): Promise<FeedSlice> {
  // One statement, so that no event can come between the end that is told and the events that are.
  const rows = await database.rows<{ last: string; seq: string | null; tags: string[] | null }>(`
    select feed_end.last, event.seq, event.tags
    from (select coalesce(max(seq), 0) as last from delivery.feed) as feed_end
    left join lateral (select seq, tags from delivery.feed where seq > $1 order by seq limit ${SLICE}) as event on true order by event.seq`, [after])
  const last = Number(rows[0]?.last ?? 0)
  const events = rows.flatMap(({ seq, tags }): FeedEvent[] => (seq === null ? [] : [{ seq: Number(seq), tags: tags ?? [] }]))
  return { events, last, ...(after > last ? { reset: true } : {}) }
}
