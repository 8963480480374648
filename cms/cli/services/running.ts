import { rmSync } from 'node:fs'
import { z } from 'zod'
import type { DataFolders } from '../folders.ts'
import { endProcess, identitySchema, isStillRunning } from '../process-identity.ts'
import { readJson, writeJson } from '../read-json.ts'
import type { Service } from './supervise.ts'

const schema = z.object({
  /** Only there while the whole cluster is up: what it told its processes, addresses and keys included. */
  env: z.record(z.string(), z.string()).nullable(),
  services: z.record(z.string(), identitySchema),
})

/** What a start script has running: for a second command on the same folder, and for a start after a crash. */
export type Running = z.output<typeof schema>

/** Writes down what runs now; `env` once everything is up. */
export function keepRunning(
  { folders, services, env }: { folders: DataFolders, services: Service[], env: Record<string, string> | null },
): void {
  const identities = services.map((service) => [service.name, service.identity()] as const)
  writeJson(folders.running, {
    env,
    services: Object.fromEntries(identities.filter(([, identity]) => identity !== null)),
  })
}

/** What was written down last; null when nothing is. */
export function readRunning(folders: DataFolders): Running | null {
  return readJson(folders.running, schema)
}

/** Forgets it, after an orderly end. */
export function forgetRunning(folders: DataFolders): void {
  rmSync(folders.running, { force: true })
}

/**
 * Ends what a start script left running when it was killed outright; answers how many services that were.
 * The database is left to its own folder's check, which knows how to end it without harm.
 */
export async function endLeftovers(folders: DataFolders): Promise<number> {
  const leftovers = Object.entries(readRunning(folders)?.services ?? {})
    .filter(([name, identity]) => name !== 'postgres' && isStillRunning(identity))
  await Promise.all(leftovers.map(([, identity]) =>
    endProcess({ identity, signal: 'SIGTERM', patienceMs: 5000, isGroup: process.platform !== 'win32' })))
  forgetRunning(folders)
  return leftovers.length
}
