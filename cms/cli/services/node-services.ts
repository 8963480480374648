import { request } from 'node:http'
import { join } from 'node:path'
import type { ProcessEnvironment } from '../../env.ts'
import { ROOT } from '../folders.ts'
import type { Ports } from './ports.ts'
import type { ServiceOrder } from './supervise.ts'

const READY_WITHIN_MS = 60_000
/** Nobody waits longer for an answer of the admin: a database that is silent for this long is away. */
const PEOPLE_WAIT_MS = '20000'
/** Node keeps what it once needed: with little room for what lives shortly, processes that idle most of the day stay half as large. */
const YOUNG_MEMORY = '--max-semi-space-size='
/** glibc gives each thread a heap of its own and returns none of them: the threads that compress would keep a hundred megabytes. */
const FEW_HEAPS = { MALLOC_ARENA_MAX: '2' }

/** The four processes of the cluster, in the order in which they are started (and stopped the other way round). */
export function orderNodeServices({ env, ports }: { env: ProcessEnvironment, ports: Ports }): ServiceOrder[] {
  const inner = { ...env, HOST: '127.0.0.1' }
  const own: Record<string, ProcessEnvironment> = {
    cms: { ...env, DATABASE_PATIENCE_MS: env.DATABASE_PATIENCE_MS || PEOPLE_WAIT_MS },
    portal: env,
  }
  const node = (name: string, label: string, port: number, args: string[]): ServiceOrder => ({
    name,
    label,
    program: process.execPath,
    args,
    env: { ...FEW_HEAPS, ...(own[name] ?? inner) },
    cwd: name === 'cms' ? join(ROOT, 'cms') : ROOT,
    isReady: () => answersOk({ host: hostOf(name, env), port }),
    readyWithinMs: READY_WITHIN_MS,
    stopSignal: 'SIGTERM',
  })
  return [
    node('delivery', '发布服务', ports.delivery, [`${YOUNG_MEMORY}2`, join(ROOT, 'cms', 'delivery', 'server.ts')]),
    node('worker', '后台任务', ports.worker, [`${YOUNG_MEMORY}4`, join(ROOT, 'cms', 'outbox', 'worker.ts')]),
    node('cms', '管理后台', ports.cms, [`${YOUNG_MEMORY}8`, join(ROOT, 'cms', 'server.ts')]),
    node('portal', '门户', ports.portal, [`${YOUNG_MEMORY}8`, join(ROOT, 'sites', 'dist', 'server', 'entry.mjs')]),
  ]
}

/** True when a process says that it is well: `GET /healthz` answers 200. */
export function answersOk({ host, port }: { host: string, port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ host, port, path: '/healthz', timeout: 5000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    probe.on('timeout', () => probe.destroy())
    probe.on('error', () => resolve(false))
    probe.end()
  })
}

/** Where to knock: a listener on all addresses is reached on the loopback one. */
function hostOf(name: string, env: Record<string, string>): string {
  const isPublic = name === 'cms' || name === 'portal'
  const host = isPublic ? env.HOST ?? '127.0.0.1' : '127.0.0.1'
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
}
