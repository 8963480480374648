import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseTrustedProxies } from '@cluster/shared/http/client-address'
import { openFrontDoor } from './front-door.ts'

let server: Server
let letIn: Array<{ url: string; headers: IncomingHttpHeaders; bytes: number }>
let faults: string[]
const ORIGIN = 'https://admin.example.gov.cn'

async function open({ isTls = false, bodyMs = 5_000 } = {}): Promise<void> {
  letIn = []
  faults = []
  server = createServer(openFrontDoor({
    handle: async (incoming, outgoing) => {
      if (incoming.url === '/api/broken') throw new Error('secret stack')
      let bytes = 0
      for await (const chunk of incoming as AsyncIterable<Buffer>) bytes += chunk.length
      letIn.push({ url: incoming.url ?? '', headers: incoming.headers, bytes })
      outgoing.end('let in')
    },
    trusted: parseTrustedProxies('loopback'), origins: [ORIGIN], isTls, frames: 'https://*.example.gov.cn', onFault: (what) => void faults.push(what), bodyMs,
  }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}
const close = () => new Promise<void>((resolve) => {
  server.close(() => resolve())
  server.closeAllConnections()
})
beforeEach(() => open())
afterEach(close)

type Answer = { status: number; headers: IncomingHttpHeaders; text: string }
const port = () => (server.address() as AddressInfo).port
function ask(path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: port(), path, method, agent: false, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => { text += chunk.toString() })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    call.on('error', reject)
    call.end(body)
  })
}
const post = (headers: Record<string, string>, path = '/api/articles') =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{}' })
const codeOf = ({ text }: Answer) => (JSON.parse(text) as { errors: Array<{ code: string }> }).errors[0]?.code

describe('a request that changes something', () => {
  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another site whose browser hides its name', { 'sec-fetch-site': 'cross-site' }],
    ['a portal of the same cluster', { 'sec-fetch-site': 'same-site' }],
    ['a site that looks like ours', { origin: `${ORIGIN}.evil.example` }],
    ['our name without TLS', { origin: 'http://admin.example.gov.cn' }],
  ])('from %s is refused, whatever cookie it brings', async (_, headers) => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      const answer = await ask('/api/articles/1', { method, headers: { ...headers, cookie: 'payload-token=x', 'content-type': 'text/plain' } })
      expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign-origin'])
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
    expect(letIn).toEqual([])
  })

  it('from its own pages, and from programs, is let in', async () => {
    for (const headers of [{ origin: ORIGIN }, { host: 'localhost:3000', origin: 'http://localhost:3000' }, { 'sec-fetch-site': 'same-origin' }, {}]) {
      expect((await post(headers as Record<string, string>)).text).toBe('let in')
    }
  })

  it('may be larger only where files go', async () => {
    const size = (bytes: number) => ({ 'content-length': String(bytes) })
    const large = await ask('/api/articles', { method: 'POST', headers: { 'content-type': 'application/json', ...size(10 * 1024 * 1024) } })
    expect([large.status, codeOf(large), large.headers.connection]).toEqual([413, 'too-large', 'close'])
    const disguised = await ask('/api/articles', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x', ...size(10 * 1024 * 1024) } })
    expect(disguised.status).toBe(413)
    const file = await ask('/api/media', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x', ...size(65 * 1024 * 1024) } })
    expect([file.status, file.text]).toEqual([413, expect.stringContaining('50 MB')])
  })

  it('says how large it is', async () => {
    const answer = await ask('/api/articles', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x' })
    expect([answer.status, codeOf(answer)]).toEqual([411, 'length-required'])
    expect(letIn).toEqual([])
  })

  it('is cut off when its body does not come', async () => {
    await close()
    await open({ bodyMs: 200 })
    const heard = await new Promise<string>((resolve) => {
      let text = ''
      const line = connect(port(), '127.0.0.1', () => line.write('POST /api/articles HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{'))
      line.on('data', (chunk: Buffer) => { text += chunk.toString() })
      line.on('error', () => {})
      line.on('close', () => resolve(text))
    })
    expect(heard).not.toContain('let in')
  })
})

describe('whoever asks', () => {
  it('is known by the address that the proxy saw, and by no other', async () => {
    await ask('/admin', { headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9', 'x-real-ip': '198.51.100.1', forwarded: 'for=198.51.100.1' } })
    await ask('/admin')
    expect(letIn.map(({ headers }) => [headers['x-forwarded-for'], headers['x-real-ip'], headers.forwarded])).toEqual(
      [['203.0.113.9', undefined, undefined], ['127.0.0.1', undefined, undefined]])
  })

  it('cannot name the nonce of the page', async () => {
    const [one, other] = [await ask('/admin', { headers: { 'content-security-policy': "script-src 'nonce-mine'" } }), await ask('/admin')]
    const [nonce] = /'nonce-[^']{24}'/.exec(String(one.headers['content-security-policy'])) ?? []
    expect(letIn[0]?.headers['content-security-policy']).toContain(nonce)
    expect(letIn[0]?.headers['content-security-policy']).not.toContain('nonce-mine')
    expect(other.headers['content-security-policy']).not.toContain(nonce)
  })

  it('gets every answer with headers that bind the browser, and none that tells what made it', async () => {
    for (const path of ['/admin', '/api/articles', '/api/broken', '/api/media/file/a.svg', '/healthz']) {
      const { headers } = await ask(path)
      expect(headers['x-content-type-options'], path).toBe('nosniff')
      expect(headers['x-frame-options'], path).toBe('DENY')
      expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy'], path).not.toContain('unsafe-eval')
      expect(/script-src[^;]*unsafe-inline/.test(String(headers['content-security-policy'])), path).toBe(false)
      expect([headers['x-powered-by'], headers.server, headers['strict-transport-security']], path).toEqual([undefined, undefined, undefined])
    }
    expect((await ask('/api/media/file/a.svg')).headers['content-security-policy']).toContain('sandbox')
    await close()
    await open({ isTls: true })
    expect((await ask('/admin')).headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/)
  })

  it.each([['GET', '/nowhere', 404], ['GET', '/wp-login.php', 404], ['GET', '/%E0%A4%A', 400], ['GET', '/api/a%00b', 400], ['PROPFIND', '/api/articles', 405], ['GET', '*', 404]] as const)(
    'hears in Chinese that there is nothing: %s %s', async (method, path, status) => {
      const answer = await ask(path, { method })
      expect([answer.status, /[\u4e00-\u9fff]/.test(answer.text), letIn]).toEqual([status, true, []])
    })

  it('hears of a fault in a sentence, without its cause', async () => {
    const answer = await ask('/api/broken')
    expect([answer.status, codeOf(answer), faults]).toEqual([500, 'fault', ['request']])
    expect(answer.text).not.toMatch(/secret|stack|Error/)
  })
})
