import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RELEASE_STYLES_PATH } from '@cluster/shared/delivery/trial'
import { serverOptions } from '@cluster/shared/http/bounds'
import { createApp } from 'astro/app/entrypoint'
import { readEnv, UnusableEnvironment, type PortalEnv } from './env.ts'
import { readAssets, textAsset } from './http/assets.ts'
import { boundServer, PORTAL_BOUNDS } from './http/bound-server.ts'
import { logFailure } from './http/log.ts'
import { announceTls } from './http/security-headers.ts'
import { sendText } from './http/send.ts'
import { openPortal } from './portal.ts'
import { releaseStyles } from './release-styles.ts'

/** What is being answered may end; then connections are cut. */
const STOP_TIMEOUT_MS = 3_000

function environment(): PortalEnv {
  try {
    return readEnv()
  } catch (error) {
    if (!(error instanceof UnusableEnvironment)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

const env = environment()
if (env.PORTAL_ORIGIN.startsWith('https:')) announceTls()
const app = createApp({ streaming: false })
const serverFolder = fileURLToPath(app.manifest.buildServerDir)
const clientFolder = fileURLToPath(app.manifest.buildClientDir)
const assets = await readAssets(clientFolder)
const styles = releaseStyles(app.manifest.routes)
assets.set(RELEASE_STYLES_PATH, await textAsset(JSON.stringify(styles), 'application/json; charset=utf-8'))
const portal = await openPortal({
  env,
  astro: (request, locals) => app.render(request, { locals }),
  assets,
  buildId: await readFile(join(serverFolder, 'build-id.txt'), 'utf8').catch(() => 'unnumbered'),
})

const server = createServer(
  // Nearly all requests are reads without a body: no stream is opened to find that out (a fifth of the work of each).
  { ...serverOptions(PORTAL_BOUNDS), optimizeEmptyRequests: true },
  (request, response) => {
    try {
      // Stored pages are answered at once, without a promise; everything else may still fail later.
      portal.handle(request, response)?.catch(fail)
    } catch (error) {
      fail(error)
    }
    function fail(error: unknown): void {
      logFailure({ reference: '-', what: `answer ${request.url ?? ''}`, error })
      if (response.headersSent) response.destroy()
      else sendText(request, response, { status: 500, text: '网站出了差错，请稍后再试。' })
    }
  },
)
boundServer(server, PORTAL_BOUNDS)
const operator = createServer((request, response) => {
  if (request.url === '/metrics') {
    void portal.metrics.text().then((text) => {
      response.writeHead(200, { 'content-type': portal.metrics.contentType, 'cache-control': 'no-store' })
      response.end(text)
    })
    return
  }
  if (request.url !== '/healthz') return sendText(request, response, { status: 404, text: 'not found' })
  const body = JSON.stringify(portal.report())
  response.writeHead(portal.health().status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(body)
})

listen(server, env.PORTAL_PORT, env.HOST)
// Details are for this machine's operators, whatever the portal itself listens on.
listen(operator, env.OPERATOR_PORT, '127.0.0.1')

function listen(listener: typeof server, port: number, host: string): void {
  listener.once('error', (error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'EADDRINUSE'
        ? `端口 ${port} 已被占用，请换一个端口或先停止占用它的程序。`
        : `不能在 ${host}:${port} 监听：${error.message}`
    process.stderr.write(`门户没有启动：${reason}\n`)
    process.exit(1)
  })
  listener.listen(port, host)
}
server.once('listening', () =>
  process.stdout.write(`${JSON.stringify({ ready: 'portal', port: env.PORTAL_PORT, build: portal.report().build })}\n`),
)

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  const closed = Promise.all([server, operator].map((each) => new Promise((resolve) => each.close(resolve))))
  server.closeIdleConnections()
  operator.closeAllConnections()
  const cut = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
  await closed
  clearTimeout(cut)
  await portal.close()
  process.exit(0)
}
process.once('SIGTERM', () => void stop())
process.once('SIGINT', () => void stop())
