import type { Payload } from 'payload'

/**
 * Lets go of the CMS's connections, for a process that outlives its use of the database: Payload's own `destroy` keeps
 * them, and a connection that the server then ends would take the process down as an unhandled error.
 */
export async function leaveDatabase(payload: Payload): Promise<void> {
  const { pool } = payload.db
  pool.on('error', () => {})
  await payload.destroy()
  // Not awaited: Payload never gives its first connection back, and `end` would wait for it for ever.
  void pool.end()
}
