import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { ROOT } from '../cli/folders.ts'
import { atAnyEnd, holdService, type HeldService } from '../cli/services/hold-service.ts'
import { orderNodeServices } from '../cli/services/node-services.ts'
import type { DemoAccount } from '../seed/accounts.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { hasTestSearchEngine, startTestSearchEngine, type TestSearchEngine } from './search-engine.ts'

export type ServiceName = 'delivery' | 'worker' | 'cms' | 'portal'

export type RunningCluster = {
  database: TestDatabase
  engine: TestSearchEngine | null
  accounts: DemoAccount[]
  /** The account that has the duty on the site. */
  account: (duty: string, site: string) => DemoAccount
  /** Ends a process at once, as a crash would. It stays down until `start`. */
  kill: (name: ServiceName) => Promise<void>
  start: (name: ServiceName) => Promise<void>
  close: () => Promise<void>
}

/** The whole cluster on a database and a search engine of its own, with the demo texts of a few sites. */
export async function startCluster({ sites }: { sites: readonly string[] }): Promise<RunningCluster> {
  const engine = hasTestSearchEngine ? await startTestSearchEngine() : null
  const database = await createTestDatabase({ search: engine })
  const orders = orderNodeServices({ env: { ...database.env, NODE_ENV: 'production' }, ports: database.ports })
  const services = new Map<string, HeldService>(orders.map((order) => [order.name, holdService({ order, logFolder: join(database.dataDir, 'logs') })]))
  const forgetEnd = atAnyEnd(() => { for (const service of services.values()) service.kill() })
  const cluster: RunningCluster = {
    database, engine, accounts: [],
    account: (duty, site) => cluster.accounts.find((account) => account.duty === duty && account.site === site)!,
    kill: (name) => services.get(name)!.crash(),
    start: async (name) => { await services.get(name)!.start() },
    close: async () => {
      forgetEnd()
      await Promise.all([...services.values()].map((service) => service.crash()))
      await engine?.close()
      await database.drop()
    },
  }
  try {
    await runToEnd([join(ROOT, 'cms', 'seed', 'seed.ts'), '--only', sites.join(',')], database.env)
    cluster.accounts = JSON.parse(readFileSync(join(database.dataDir, 'demo-accounts.json'), 'utf8'))
    for (const name of ['delivery', 'worker', 'cms', 'portal'] as const) await cluster.start(name)
    return cluster
  } catch (error) {
    await cluster.close()
    throw error
  }
}

function runToEnd(args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...env, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output = (output + chunk).slice(-4000) })
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}:\n${output}`))))
  })
}

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** One request with a host of one's own: `*.localhost` does not resolve in Node, and `fetch` drops a Host header. */
export function ask(
  port: number, path: string,
  { host = 'localhost', method = 'GET', headers = {}, body }: { host?: string; method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { host: `${host}:${port}`, ...headers }, timeout: 20_000 }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks).toString('utf8') }))
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${path} within 20 s`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** A page of a site's portal. */
export const askPortal = (cluster: RunningCluster, site: string, path: string) => ask(cluster.database.ports.portal, path, { host: `${site}.localhost` })

/** Asks again until it is so: what another process does after a commit takes its moment. @throws when it does not come to pass */
export async function eventually<T>(question: () => Promise<T>, isSo: (answer: T) => boolean, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await question()
    if (isSo(answer)) return answer
    if (Date.now() > deadline) throw new Error(`did not come to pass within ${withinMs} ms; last answer: ${JSON.stringify(answer).slice(0, 600)}`)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
