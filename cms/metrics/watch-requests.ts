import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { acceptRequestId } from './accept-request-id.ts'
import { enterRequest } from './current-request.ts'
import type { ProcessMetrics } from './process-metrics.ts'
import { unnamedPath } from './unnamed-path.ts'

const SLOW_MS = 1_000
const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']
/** Answers that go on for as long as somebody listens. */
const ENDLESS = 'feed'

type Begun = { request: IncomingMessage; response: ServerResponse; server: Server }

/**
 * Gives every request of this process an id (the one it came with, where that is one), measures it, and notes writes, faults and slow
 * answers, without query strings. It hears of requests from Node itself, whatever framework answers them.
 */
export function watchRequests({ metrics, log, kindOf, passOver }: {
  metrics: ProcessMetrics
  log: Logger
  /** What was asked for, by path: few kinds, because each is a series of figures. */
  kindOf: (path: string) => string
  /** The operator's own listener. */
  passOver: () => Server | null
}): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as Begun
    if (server === passOver()) return
    const id = acceptRequestId(request.headers['x-request-id'])
    request.headers['x-request-id'] = id
    response.setHeader('x-request-id', id)
    enterRequest(id)
    const startedAt = performance.now()
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const kind = kindOf(path)
    const method = METHODS.includes(request.method ?? '') ? request.method! : 'other'
    response.once('close', () => {
      const ms = performance.now() - startedAt
      // The reader left before the answer was complete; a code of nginx's.
      const status = response.writableFinished ? response.statusCode : 499
      if (kind !== ENDLESS) metrics.requests.observe({ kind, method, status: String(status) }, ms / 1000)
      if (status < 500 && (method === 'GET' || method === 'HEAD') && (ms < SLOW_MS || kind === ENDLESS)) return
      log[status >= 500 ? 'error' : 'info']({ what: 'request', requestId: id, kind, method, path: unnamedPath(path), status, ms: Math.round(ms) })
    })
  })
}
