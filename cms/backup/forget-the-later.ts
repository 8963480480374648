import type { ClientBase } from 'pg'
import { clusterTag, directoryTag } from '@cluster/shared/delivery/tags'

/** More changes than any cluster makes between a back-up and its loss. */
const FEED_LEAP = 1_000_000

/**
 * Puts right, in the transaction of the restore, what must not come back as it was at the time of the back-up:
 * sessions (one that was ended since would live again), jobs that a process of then was at, and the change feed, which
 * leaps beyond every number that a portal may have seen and tells all of them that everything they keep is out of date.
 */
export async function forgetTheLater(client: ClientBase): Promise<void> {
  await client.query('delete from public.users_sessions')
  await client.query("update cluster.sessions set ended_at = now(), ended_because = 'restored' where ended_at is null")
  await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null')
  await client.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null')
  await client.query(
    `select setval('delivery.feed_seq', greatest((select coalesce(max(seq), 0) from delivery.feed), (select last_value from delivery.feed_seq)) + $1)`,
    [FEED_LEAP])
  await client.query('select delivery.announce($1::text[])', [[clusterTag(), directoryTag()]])
}

/**
 * Has both search indexes built anew at the worker's next look: an engine that is not this place's own may hold
 * documents of a time after the back-up.
 */
export async function forgetSearch(client: ClientBase): Promise<void> {
  await client.query('delete from delivery.search')
}
