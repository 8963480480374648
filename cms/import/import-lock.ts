import type { Payload } from 'payload'

/** Any constant that no other lock of the cluster uses. */
const IMPORT_LOCK = 726_511

/**
 * Does the work as the only import into the site. The lock is the connection's: whoever is killed loses it.
 * @returns null when another import is under way
 */
export async function withImportLock<T>(payload: Payload, siteId: number, work: () => Promise<T>): Promise<T | null> {
  const client = await payload.db.pool.connect()
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
      IMPORT_LOCK,
      siteId,
    ])
    if (!rows[0]?.taken) return null
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [IMPORT_LOCK, siteId])
    }
  } finally {
    client.release()
  }
}
