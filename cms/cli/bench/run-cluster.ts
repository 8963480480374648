import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { givenEnvironment } from '../../env.ts'
import { makeDataFolders, ROOT, type DataFolders } from '../folders.ts'
import { Refusal } from '../refusal.ts'
import { freePort } from '../services/ports.ts'
import { readRunning } from '../services/running.ts'

const accountsSchema = z.array(
  z.object({ email: z.string(), password: z.string(), duty: z.string(), site: z.string() }),
)

export type BenchCluster = {
  /** The start script's process: every process of the cluster descends from it. */
  pid: number
  /** The environment that its processes were given, addresses and ports included. */
  env: Record<string, string>
  accounts: () => z.output<typeof accountsSchema>
  /** From the command to its word that all is ready, in milliseconds. */
  readyMs: number
  /** How long writing the demo content took; null when it was there. */
  seedMs: number | null
  /** True when something had to be built on the way: the start was no ordinary one. */
  wasBuilding: boolean
  /** Stops everything in order. */
  stop: () => Promise<void>
}

/** What an operator has set for the real cluster must not reach this one: it would write there. */
const OWN = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DELIVERY_DATABASE_URL',
  'MEILISEARCH_URL',
  'MEILISEARCH_API_KEY',
  'MEILISEARCH_SEARCH_KEY',
  'PORTAL_ORIGIN',
  'PG_PORT',
  'MEILISEARCH_PORT',
  'HOST',
]
const MARKER_EVERY_MS = 20
/** One address asks here for as many readers as there are; what a single reader may ask is not measured. */
const UNLIMITED = '1000000/1'

/**
 * Brings a cluster up on `folders` with the start script itself, on free ports, and with an empty page store: what the
 * portal had rendered before would not be cold. Throws `Refusal` with the start script's last words when it does not
 * come up.
 */
export async function runCluster({
  folders,
  hear,
}: {
  folders: DataFolders
  hear: (line: string) => void
}): Promise<BenchCluster> {
  makeDataFolders(folders)
  rmSync(folders.pages, { recursive: true, force: true })
  const start = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'cms', 'cli', 'main.ts'), 'start'], {
    cwd: ROOT,
    env: { ...(await ownEnvironment(folders)), NODE_ENV: 'production' },
    // The channel's closing stops the cluster: when the bench dies, nothing is left behind.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const seeding = watchMarker(folders.seeding)
  const lines: string[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const take = (line: string) => {
        lines.push(line)
        hear(line)
        if (line.startsWith('已就绪')) resolve()
      }
      for (const stream of [child.stdout, child.stderr])
        if (stream) createInterface({ input: stream }).on('line', take)
      child.once('close', () =>
        reject(new Refusal(`测量用的集群没有启动。最后几行：\n${lines.slice(-12).join('\n')}`)),
      )
    })
  } finally {
    seeding.end()
  }
  const readyMs = performance.now() - start
  const env = readRunning(folders)?.env
  if (!env || child.pid === undefined)
    throw new Error('the cluster says that it is up and has not written down its environment')
  return {
    pid: child.pid,
    env,
    accounts: () => accountsSchema.parse(JSON.parse(readFileSync(folders.demoAccounts, 'utf8'))),
    readyMs,
    seedMs: seeding.duration(),
    wasBuilding: lines.some((line) => line.includes('构建')),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The environment of a cluster of the bench's own in `folders`, on free ports. */
export async function ownEnvironment(folders: DataFolders): Promise<Record<string, string | undefined>> {
  const given = givenEnvironment()
  for (const name of OWN) delete given[name]
  const names = ['PORTAL_PORT', 'CMS_PORT', 'DELIVERY_PORT', 'WORKER_PORT', 'OPERATOR_PORT']
  const ports = await Promise.all(names.map(async (name) => [name, String(await freePort())] as const))
  return { ...given, ...Object.fromEntries(ports), DATA_DIR: folders.root, SEARCH_RATE: UNLIMITED, DELIVERY_RATE: UNLIMITED }
}

/** Times the life of a marker file: it lies there exactly while the demo content is written. */
function watchMarker(path: string) {
  let first: number | null = null
  let last: number | null = null
  const timer = setInterval(() => {
    if (!existsSync(path)) return
    last = performance.now()
    first ??= last
  }, MARKER_EVERY_MS)
  return { end: () => clearInterval(timer), duration: () => (first === null || last === null ? null : last - first) }
}
