import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLine, type Line } from './open-line.ts'

describe('a line between two processes', () => {
  let echo: Server
  let line: Line
  const ends: Socket[] = []

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => {}).pipe(socket))
    echo.listen(0, '127.0.0.1')
    await once(echo, 'listening')
    line = await openLine({ to: (echo.address() as AddressInfo).port })
  })
  afterEach(async () => {
    for (const end of ends.splice(0)) end.destroy()
    await line.close()
    echo.close()
  })

  /** A connection, with what it heard and how it ended. */
  async function call() {
    const socket = connect({ port: line.port, host: '127.0.0.1' })
    ends.push(socket)
    const seen = { socket, text: '', end: null as string | null }
    socket.setEncoding('utf8').on('data', (text: string) => { seen.text += text })
    socket.on('error', (error: NodeJS.ErrnoException) => { seen.end = error.code ?? 'error' })
    socket.on('close', () => { seen.end ??= 'closed' })
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {})
    return seen
  }
  /** Long enough for a packet to have come, were one to come at all. */
  const aMoment = () => new Promise((resolve) => setTimeout(resolve, 80))

  it('carries both ways, more than a buffer holds, in order', async () => {
    const caller = await call()
    const much = Array.from({ length: 100_000 }, (_, number) => `${number};`).join('')
    caller.socket.write(much)
    await expect.poll(() => caller.text.length).toBe(much.length)
    expect(caller.text).toBe(much)
  })

  it('cut: resets what is connected and what connects', async () => {
    const caller = await call()
    line.set('cut')
    await expect.poll(() => caller.end).toBe('ECONNRESET')
    const second = await call()
    await expect.poll(() => second.end).toBe('ECONNRESET')
  })

  it('silent: nothing arrives and nobody is told; afterwards all of it arrives, new callers’ words too', async () => {
    const caller = await call()
    line.set('silent')
    caller.socket.write('one')
    const second = await call()
    second.socket.write('two')
    await aMoment()
    expect([caller, second]).toMatchObject([{ text: '', end: null }, { text: '', end: null }])
    line.set('open')
    await expect.poll(() => [caller.text, second.text]).toEqual(['one', 'two'])
  })

  it('half-open: the far end is gone, the near end believes in it; a new connection works', async () => {
    const caller = await call()
    caller.socket.write('one')
    await expect.poll(() => caller.text).toBe('one')
    line.set('half-open')
    caller.socket.write('two')
    await aMoment()
    expect(caller).toMatchObject({ text: 'one', end: null })
    const second = await call()
    second.socket.write('three')
    await expect.poll(() => second.text).toBe('three')
  })

  it('slow: everything arrives, in order', async () => {
    line.set({ delayMs: 30 })
    const caller = await call()
    for (const word of ['one', 'two', 'three']) caller.socket.write(word)
    expect(caller.text).toBe('')
    await expect.poll(() => caller.text).toBe('onetwothree')
  })

  it('resets the caller when nobody listens at the far end', async () => {
    const { port } = echo.address() as AddressInfo
    await new Promise((resolve) => echo.close(resolve))
    const dead = await openLine({ to: port })
    const socket = connect({ port: dead.port, host: '127.0.0.1' })
    const [error] = await once(socket, 'error') as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
    await dead.close()
  })
})
