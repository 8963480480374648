import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import type { Fault } from '../fault-log.ts'

/** Answers `GET /metrics` on this machine only, in Prometheus' text form. A port that is taken costs the figures, not the process. */
export function listenForOperator({ port, registry, onFault }: { port: number; registry: Registry; onFault: Fault }): Server {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') return response.writeHead(404, { 'content-type': 'text/plain' }).end('not-found')
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text),
      (error: unknown) => {
        onFault('metrics', error)
        response.writeHead(503, { 'content-type': 'text/plain' }).end('unavailable')
      })
  })
  server.on('error', (error) => onFault('operator-port', error))
  server.listen(port, '127.0.0.1')
  server.unref()
  return server
}
