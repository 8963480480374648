import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './bench/ask.ts'
import { findProgram } from './bench/find-program.ts'
import { runNginx, type Nginx } from './bench/run-nginx.ts'
import { nginxBalancer } from './nginx-balancer.ts'
import { freePort } from './services/ports.ts'

const program = findProgram('nginx')

describe.skipIf(program === null)('nginx in front of several portals', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-balancer-'))
  const portals: Array<{ server: Server; port: number; seen: string[]; status: number; isSilent: boolean }> = []
  let front = 0
  let nginx: Nginx

  beforeAll(async () => {
    for (let number = 0; number < 3; number += 1) {
      const portal = { seen: [] as string[], status: 200, isSilent: false, server: createServer((request, response) => {
        portal.seen.push(`${request.method} ${request.url}`)
        if (!portal.isSilent) response.writeHead(portal.status).end(`portal ${number}`)
      }), port: 0 }
      await new Promise<void>((resolve) => portal.server.listen(0, '127.0.0.1', resolve))
      portal.port = (portal.server.address() as AddressInfo).port
      portals.push(portal)
    }
    front = await freePort()
    nginx = await runNginx({
      program: program!, folder, port: front,
      servers: nginxBalancer({
        portals: portals.map(({ port }) => `127.0.0.1:${port}`), deliveries: [], cms: [],
        listen: `127.0.0.1:${front}`, deliveryListen: '', cmsListen: '', hostPattern: '{slug}.localhost',
      }),
    })
  }, 30_000)
  afterAll(async () => {
    await nginx?.stop()
    for (const { server } of portals) {
      server.closeAllConnections()
      server.close()
    }
    rmSync(folder, { recursive: true, force: true })
  })
  const read = (path: string, method = 'GET') => ask({ port: front, host: 'suzhou-kunshan.localhost', path, method })
  const countOf = (path: string) => portals.flatMap(({ seen }) => seen).filter((line) => line.endsWith(` ${path}`)).length

  it('a page that one portal cannot give while nothing can be asked is asked of the others', async () => {
    portals[0]!.status = portals[1]!.status = 503
    for (let turn = 0; turn < 6; turn += 1) expect((await read('/articles/1/')).body.toString()).toBe('portal 2')
    portals[0]!.status = portals[1]!.status = 200
  })

  it('when none has it the reader gets the portal’s own answer, and no portal is given up for it', async () => {
    for (const portal of portals) portal.status = 503
    expect(await read('/articles/2/')).toMatchObject({ status: 503 })
    for (const portal of portals) portal.status = 200
    for (let turn = 0; turn < 6; turn += 1) expect((await read('/articles/3/')).status).toBe(200)
  })

  it('a portal that stands still costs a reader a wait, not the page', async () => {
    portals[1]!.isSilent = true
    for (let turn = 0; turn < 4; turn += 1) expect((await read('/articles/4/')).status).toBe(200)
    portals[1]!.isSilent = false
  }, 30_000)

  it('a letter that was sent is never sent twice', async () => {
    for (const portal of portals) portal.status = 503
    expect((await read('/letters/new/', 'POST')).status).toBe(503)
    expect(countOf('/letters/new/')).toBe(1)
    for (const portal of portals) portal.status = 200
  })

  it('knows no other name', async () => {
    expect((await ask({ port: front, host: 'example.com', path: '/' })).status).toBe(421)
  })
})
