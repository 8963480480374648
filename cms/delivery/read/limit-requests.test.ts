import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { parseTrustedProxies } from '@cluster/shared/http/client-address'
import { limitRequests } from './limit-requests.ts'

function makeApp() {
  const app = new Hono()
  app.use(limitRequests({ rate: { points: 3, seconds: 600 }, trusted: parseTrustedProxies('loopback') }))
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/v1/directory', (context) => context.json({ sites: [] }))
  return (path: string, init: RequestInit = {}, peer = '10.0.0.7') => app.request(path, init, { incoming: { socket: { remoteAddress: peer } } })
}

it('whoever reads too often is asked to wait, and nobody else', async () => {
  const ask = makeApp()
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn += 1) statuses.push((await ask('/v1/directory')).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  const refused = await ask('/v1/directory')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toEqual({ error: { code: 'too-many', message: expect.stringMatching(/读取太频繁了/) } })
  expect((await ask('/v1/directory', {}, '10.0.0.8')).status).toBe(200)
  expect((await ask('/healthz')).status).toBe(200)
})

it('a proxy in front of it is believed only when it is trusted', async () => {
  const ask = makeApp()
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  for (let turn = 0; turn < 3; turn += 1) await ask('/v1/directory', from(`203.0.113.${turn}`))
  expect((await ask('/v1/directory', from('203.0.113.99'))).status).toBe(429)
  for (let turn = 0; turn < 5; turn += 1) expect((await ask('/v1/directory', from(`203.0.113.${turn}`), '127.0.0.1')).status).toBe(200)
})

it('only reading is let in, and nothing with a body', async () => {
  const ask = makeApp()
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const answer = await ask('/v1/directory', { method })
    expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'GET, HEAD'])
  }
  const heavy = await ask('/v1/directory', { headers: { 'content-length': '10' } })
  expect([heavy.status, await heavy.json()]).toEqual([413, { error: { code: 'no-body', message: '读取不需要附带内容。' } }])
  expect((await ask('/v1/directory')).headers.get('content-security-policy')).toContain("default-src 'none'")
})
