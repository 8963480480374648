import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type Bounds, protocolRefusal } from '@cluster/shared/http/bounds'

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
