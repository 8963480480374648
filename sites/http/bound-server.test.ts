import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverOptions, type Bounds } from '@cluster/shared/http/bounds'
import { boundServer } from './bound-server.ts'

const BOUNDS: Bounds = {
  headersMs: 300,
  requestMs: 600,
  stalledMs: 900,
  keepAliveMs: 2_000,
  headerBytes: 4_096,
  connections: 20,
}
let server: Server
beforeAll(async () => {
  server = createServer(serverOptions(BOUNDS), (request, response) => {
    request.resume()
    request.on('end', () => (request.url === '/silent' ? undefined : response.end('answer')))
  })
  boundServer(server, BOUNDS)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Everything that the server says until it hangs up. */
function hear(speak: (line: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const line = connect((server.address() as AddressInfo).port, '127.0.0.1', () => speak(line))
    line.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    line.on('error', () => {})
    line.on('close', () => resolve(heard))
  })
}

/** Writes one byte after the other for as long as the line is open. */
function drip(line: Socket, everyMs: number): void {
  const timer = setInterval(() => line.write('x'), everyMs)
  line.on('close', () => clearInterval(timer))
}

it('cuts off whoever sends headers one by one without end', async () => {
  const heard = await hear((line) => {
    line.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')
    drip(line, 50)
  })
  expect(heard).toMatch(/^HTTP\/1\.1 408 /)
  expect(heard).toContain('请求没有在规定时间内传完')
})

it('cuts off whoever sends a body one byte at a time without end', async () => {
  const heard = await hear((line) => {
    line.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n')
    drip(line, 50)
  })
  expect(heard).not.toContain('answer')
})

it('cuts off whoever connects and stays silent, and whoever stops reading', async () => {
  expect(await hear(() => {})).not.toContain('answer')
  expect(await hear((line) => line.write('GET /silent HTTP/1.1\r\nHost: a\r\n\r\n'))).not.toContain('answer')
})

it('answers what is no HTTP, and headers that are too long, in a sentence', async () => {
  expect(await hear((line) => line.write('\u0000\u0001 nonsense\r\n\r\n'))).toMatch(/^HTTP\/1\.1 400 [^]*请求的格式不对/)
  expect(await hear((line) => line.write(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(8_000)}\r\n\r\n`))).toMatch(
    /^HTTP\/1\.1 431 [^]*太长/,
  )
})

it('goes on answering others meanwhile', async () => {
  const slow = hear((line) => {
    line.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')
    drip(line, 50)
  })
  const quick = await hear((line) => line.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  expect(quick).toContain('answer')
  await slow
})
