import type { Payload } from 'payload'
import { leaveDatabase } from '../cli/leave-database.ts'

let opened: Promise<Payload> | undefined

/**
 * The CMS, loaded when a job first needs it: most workers never do, and it takes a quarter of a gigabyte.
 * A failed loading is tried again by the next job.
 */
export function openPayload(): Promise<Payload> {
  opened ??= load().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

/** Closes the CMS's connections, if it was ever opened. */
export async function closePayload(): Promise<void> {
  const payload = await opened?.catch(() => undefined)
  if (payload) await leaveDatabase(payload)
}

async function load(): Promise<Payload> {
  const [{ getPayload }, { default: config }] = await Promise.all([import('payload'), import('../payload.config.ts')])
  return getPayload({ config, disableOnInit: true })
}
