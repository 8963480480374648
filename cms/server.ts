// A process of its own: `node cms/server.ts` is the admin and its interface. Any number of them may run.
import { createServer } from 'node:http'
import next from 'next'
import { type Bounds, serverOptions } from '@cluster/shared/http/bounds'
import { env, UnsafeEnvironment } from './env.ts'
import { faultLog } from './fault-log.ts'
import { openCmsOperator } from './metrics/cms-operator.ts'
import { portalOrigins } from './web/admin-origins.ts'
import { boundServer } from './web/bound-server.ts'
import { openFrontDoor } from './web/front-door.ts'

/** Bodies have bounds of their own, by what they are for: see the front door. */
const BOUNDS: Bounds = { headersMs: 10_000, requestMs: 310_000, stalledMs: 60_000, keepAliveMs: 65_000, headerBytes: 16 * 1024, connections: 2_000 }
/** What was asked before the end is answered; then connections are cut. */
const PATIENCE_MS = 4_000

const { onFault } = faultLog('cms')

async function main(): Promise<void> {
  const { CMS_ORIGIN, CMS_PORT, CMS_URL, HOST, TRUSTED_PROXIES } = env()
  const app = next({ dir: import.meta.dirname, dev: false, hostname: HOST, port: CMS_PORT, quiet: true })
  await app.prepare()
  const operator = openCmsOperator()
  const door = openFrontDoor({
    handle: app.getRequestHandler(),
    trusted: TRUSTED_PROXIES, origins: [CMS_ORIGIN ?? CMS_URL, CMS_URL], isTls: CMS_ORIGIN?.startsWith('https:') ?? false, frames: portalOrigins(), onFault,
  })
  const server = createServer(serverOptions(BOUNDS), door)
  boundServer(server, BOUNDS)
  server.on('error', (error) => {
    onFault('listen', error)
    process.exit(1)
  })
  server.listen(CMS_PORT, HOST)
  // A promise that the framework forgot about concerns one request; everybody else's go on.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, (error: unknown) => onFault('uncaught', error))

  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    const impatience = setTimeout(() => process.exit(0), PATIENCE_MS)
    server.close(() => {
      clearTimeout(impatience)
      void operator.stop().then(() => app.close()).finally(() => process.exit(0))
    })
    server.closeIdleConnections()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}

try {
  await main()
} catch (error) {
  if (error instanceof UnsafeEnvironment) process.stderr.write(`${error.message}\n`)
  else onFault('start', error)
  process.exit(1)
}
