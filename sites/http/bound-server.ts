import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { protocolRefusal, type Bounds } from '@cluster/shared/http/bounds'

/** A browser on a slow line sends a letter in half a minute; what is slower is an attack on our sockets. */
export const PORTAL_BOUNDS: Bounds = {
  headersMs: 10_000,
  requestMs: 30_000,
  stalledMs: 60_000,
  keepAliveMs: 65_000,
  headerBytes: 16 * 1024,
  connections: 5_000,
}

/** Bounds what Node leaves open, and has it refuse in the reader's language. */
export function boundServer(server: Server, { connections, stalledMs }: Bounds): void {
  server.maxConnections = connections
  server.setTimeout(stalledMs)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) return void socket.destroy()
    socket.end(protocolRefusal(error.code))
    socket.destroySoon()
  })
}
