import type { Server, ServerOptions } from 'node:http'
import type { Socket } from 'node:net'

/** Times in milliseconds, sizes in bytes. */
export type Bounds = {
  /** Until all headers have come: a browser sends them in one packet. */
  headersMs: number
  /** Until the whole request has come. A browser on a slow line sends a letter in that time. */
  requestMs: number
  /** Without a byte in either direction, while a request is under way: slower readers hold sockets, nothing else. */
  stalledMs: number
  /** Longer than the minute for which proxies in front keep their connections: they must be the ones to close. */
  keepAliveMs: number
  headerBytes: number
  connections: number
}

export const PORTAL_BOUNDS: Bounds = {
  headersMs: 10_000,
  requestMs: 30_000,
  stalledMs: 60_000,
  keepAliveMs: 65_000,
  headerBytes: 16 * 1024,
  connections: 5_000,
}

/** What Node's own server enforces when it is made with these. */
export function serverOptions(bounds: Bounds): ServerOptions {
  return {
    headersTimeout: bounds.headersMs,
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: bounds.keepAliveMs,
    maxHeaderSize: bounds.headerBytes,
    // How often the two are looked at: half a minute by default, which would make ten seconds forty.
    connectionsCheckingInterval: Math.max(100, Math.min(2_000, bounds.headersMs / 2)),
  }
}

const SENTENCES: Record<string, [status: string, sentence: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', '请求的地址或说明太长，请从首页重新打开。'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', '请求没有在规定时间内传完，请检查网络后再试。'],
}
const MALFORMED: [string, string] = ['400 Bad Request', '请求的格式不对，请从首页重新打开。']

/** Bounds what Node leaves open, and has it refuse in the reader's language. */
export function boundServer(server: Server, bounds: Bounds): void {
  server.maxConnections = bounds.connections
  server.setTimeout(bounds.stalledMs)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) return void socket.destroy()
    const [status, sentence] = SENTENCES[error.code ?? ''] ?? MALFORMED
    socket.end(
      `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(sentence)}\r\n` +
        `Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${sentence}`,
    )
    socket.destroySoon()
  })
}
