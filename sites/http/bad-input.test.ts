import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolveAddress } from '@cluster/shared/delivery/addresses'
import { parseTrustedProxies } from '@cluster/shared/http/client-address'
import { knownHosts } from '../hosts/hosts.ts'
import { loadPage } from '../load/page.ts'
import { createCounters } from '../operator/counters.ts'
import { createPages } from '../page-store/pages.ts'
import { createPageStore } from '../page-store/store.ts'
import { createRenderer } from '../render.ts'
import { loadContext, siteRecord, SUMMARIES } from '../testing/records.ts'
import { createHandler } from './handle.ts'
import { createLimit } from './limit.ts'
import { createRateLimits } from './rate-limits.ts'

const hosts = knownHosts(SUMMARIES, 'http://{slug}.localhost:4321')
const BROWSER_FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** What has broken programs, as it travels in an address or a form. */
const NASTY = [
  '%', '%zz', '%c0%af', '%ff%fe', '%00', '%0d%0aSet-Cookie:%20x=1', '..%2f..%2fetc%2fpasswd', '..%5c..%5c', '%252e%252e', '.', '..', "'%20or%201=1--", '%24%7B7*7%7D', '%7B%7B7*7%7D%7D', '%3Cscript%3Ealert(1)%3C/script%3E',
  '__proto__', 'constructor', '99999999999999999999', '-1', '1e9', 'a'.repeat(4000), '%F0%9F%8F%AE', '%ED%A0%80', ';', '*', '//', '%09', '%20',
] as const
const nasty = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NASTY) }, { weight: 1, arbitrary: fc.string({ maxLength: 20 }).map(encodeURIComponent) })

let server: Server
let failures: number

beforeAll(async () => {
  failures = 0
  const store = createPageStore({ disk: { write: async () => undefined, read: async () => null, remove: async () => undefined, clear: async () => undefined }, maxBytes: 1_000_000, now: Date.now, onError: () => { failures += 1 } })
  const nothing = async () => null
  const delivery = {
    site: async (slug: string) => siteRecord(slug), home: nothing, column: nothing, document: nothing, letterStatus: nothing, addresses: async () => [], latest: async () => [],
    search: async () => ({ hits: [], total: 0, page: 1, pages: 0, facets: {}, degraded: false }),
  } as unknown as Parameters<typeof createRenderer>[0]['services']['delivery']
  const { services } = loadContext('suzhou', '/', { delivery })
  const counters = createCounters()
  const render = createRenderer({
    // The pages' own models; what a release draws of them is Astro's, which escapes everything.
    astro: async (_, { visit }) => {
      const loaded = await loadPage({ services: visit.services, site: siteRecord(visit.site), path: visit.path, query: visit.query, form: visit.form }, resolveAddress(visit.path), visit.reference)
      visit.outcome = loaded
      return new Response('<!doctype html><p>页面</p>', { status: loaded.status })
    },
    services, counters, limit: createLimit({ parallel: 8, waiting: 400 }),
    siteRecords: { current: async (slug: string) => siteRecord(slug), lastKnown: async () => null },
  } as Parameters<typeof createRenderer>[0])
  const handle = createHandler({
    directory: { isKnown: () => true, host: (header) => hosts.get(header?.split(':')[0] ?? '') ?? null, leadElsewhere: () => null, addressOn: () => null },
    assets: new Map(), store, pages: createPages({ store, render, lastSeq: () => 0, now: Date.now }), render, files: { send: async () => false }, counters,
    health: () => ({ word: 'ok', status: 200 }),
    rates: createRateLimits({ search: { points: 100_000, seconds: 600 }, letter: { points: 100_000, seconds: 600 }, status: { points: 100_000, seconds: 600 } }),
    trusted: parseTrustedProxies('loopback'),
    trialKey: 'k'.repeat(32),
  } as Parameters<typeof createHandler>[0])
  server = createServer((incoming, outgoing) => void Promise.resolve(handle(incoming, outgoing)).catch(() => { failures += 1; outgoing.destroy() }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise((resolve) => {
  server.close(resolve)
  server.closeAllConnections()
}))

type Answer = { status: number; headers: IncomingHttpHeaders; text: string }
function ask(path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const call = request({ host: '127.0.0.1', port, path, method, agent: false, headers: { host: 'suzhou.localhost:4321', ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }))
    })
    call.on('error', reject)
    call.end(body)
  })
}

function expectPlain({ status, headers, text }: Answer, what: string): void {
  expect(status, `${what} ${text.slice(0, 200)}`).toBeLessThan(500)
  expect(headers['set-cookie'], what).toBeUndefined()
  expect(text, what).not.toMatch(/node_modules|at async|<script>alert/)
  if (headers.location !== undefined) expect(headers.location, what).toMatch(/^\/(?![/\\])/)
}

it('the portal answers whatever address it is asked for, and leads nobody elsewhere', async () => {
  const path = fc.array(fc.oneof(nasty, fc.constantFrom('articles', 'columns', 'letters', 'status', 'new', 'search', 'preview', 'files', 'a'.repeat(64), 'api', '1', 'p', '_astro', 'sites', 't-standard-1')), { minLength: 1, maxLength: 4 })
    .map((parts) => `/${parts.join('/')}`)
  const query = fc.array(fc.tuple(fc.oneof(fc.constantFrom('q', 'page', 'site', 'year', 'kind', 'about', 'code', 'scope', 'issuer'), nasty), nasty).map(([name, value]) => `${name}=${value}`), { maxLength: 3 })
  const known = fc.constantFrom('/search/', '/api/search', '/letters/new/', '/letters/status/', '/', '/feed.xml', '/robots.txt', '/sites/')
  await fc.assert(fc.asyncProperty(fc.oneof(path, known), query, fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'), async (address, parameters, method) => {
    // Spaces and signs beyond ASCII cannot be sent by a client of Node: the sockets below send them.
    const asked = `${address}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`.replace(/[^\x21-\x7e]/g, '')
    expectPlain(await ask(asked, { method }), `${method} ${asked}`)
  }), { seed: 20261123, numRuns: 500 })
  expect(failures).toBe(0)
})

it('its two forms take what is a form, and say what is wrong with everything else', async () => {
  const field = fc.tuple(fc.oneof(fc.constantFrom('kind', 'name', 'contact', 'title', 'text', 'mayPublish', 'about', 'code', 'website'), nasty), nasty).map(([name, value]) => `${name}=${value}`)
  await fc.assert(fc.asyncProperty(fc.constantFrom('/letters/new/', '/letters/status/'), fc.array(field, { maxLength: 6 }), async (path, fields) => {
    expectPlain(await ask(path, { method: 'POST', headers: BROWSER_FORM, body: fields.join('&') }), `${path} ${fields.join('&').slice(0, 200)}`)
  }), { seed: 20261123, numRuns: 200 })
  const letter = 'kind=inquiry&name=a&contact=b&title=c&text=%E8%AF%B7%E9%97%AE%E8%AF%B7%E9%97%AE%E8%AF%B7&about='
  for (const name of ['name', 'contact', 'title', 'text', 'about']) {
    const body = letter.replace(new RegExp(`\\b${name}=`), `${name}=%00`)
    expect((await ask('/letters/new/', { method: 'POST', headers: BROWSER_FORM, body })).status, name).toBe(422)
  }
  expect((await ask('/letters/new/', { method: 'POST', headers: BROWSER_FORM, body: letter })).status).toBe(200)
  for (const path of ['/letters/new/', '/letters/status/']) {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/x-www-form-urlencoded-x', '']) {
      expect((await ask(path, { method: 'POST', headers: { 'content-type': type }, body: '{"a":' })).status, type).toBe(415)
    }
    expectPlain(await ask(path, { method: 'POST', headers: BROWSER_FORM, body: Buffer.from([0x61, 0x3d, 0xff, 0xfe, 0x00, 0xc3, 0x28]) }), 'broken UTF-8')
    expect((await ask(path, { method: 'POST', headers: { ...BROWSER_FORM, 'content-length': String(10 * 1024 * 1024) } }).catch(() => ({ status: 413 }))).status).toBe(413)
  }
  expect(failures).toBe(0)
})

it('requests that are no HTTP get an end, and others go on being answered', async () => {
  const lines = ['GET / HTTP/9.9\r\n\r\n', 'GET \u0000 HTTP/1.1\r\nHost: suzhou.localhost\r\n\r\n', 'GET / HTTP/1.1\r\nHost: suzhou.localhost\r\nX: a\u0000b\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'POST /letters/new/ HTTP/1.1\r\nHost: suzhou.localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET http://evil.test/ HTTP/1.1\r\nHost: suzhou.localhost\r\nConnection: close\r\n\r\n', 'GET * HTTP/1.1\r\nHost: suzhou.localhost\r\nConnection: close\r\n\r\n', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: suzhou.localhost\r\n\r\n`, `GET / HTTP/1.1\r\nHost: ${'a'.repeat(300)}\r\nConnection: close\r\n\r\n`,
    'GET / HTTP/1.1\r\nHost: suzhou.localhost@evil.test\r\nConnection: close\r\n\r\n', 'GET / HTTP/1.1\r\nHost: __proto__\r\nConnection: close\r\n\r\n', '\u0016\u0003\u0001\r\n\r\n']
  for (const line of lines) {
    const text = await new Promise<string>((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.end(line))
      let heard = ''
      socket.on('data', (chunk) => { heard += chunk.toString() })
      socket.on('close', () => resolve(heard))
      socket.on('error', () => resolve(heard))
    })
    expect(text, JSON.stringify(line.slice(0, 80))).toMatch(/^HTTP\/1\.1 4\d\d /)
  }
  expect((await ask('/robots.txt')).status).toBe(200)
  expect(failures).toBe(0)
})
