import { createHmac } from 'node:crypto'
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import { RENDER_MS_HEADER, TRIAL_HEADER, type Trial } from '@cluster/shared/delivery/trial'
import { parseTrustedProxies } from '@cluster/shared/http/client-address'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { knownHosts } from '../hosts/hosts.ts'
import { createCounters } from '../operator/counters.ts'
import type { Health } from '../operator/health.ts'
import { createPages } from '../page-store/pages.ts'
import type { RenderedPage } from '../page-store/page.ts'
import { createPageStore } from '../page-store/store.ts'
import type { Target } from '../render.ts'
import { SUMMARIES } from '../testing/records.ts'
import { createHandler } from './handle.ts'
import { createLimit, Overloaded } from './limit.ts'
import { createRateLimits } from './rate-limits.ts'

const noDisk = {
  write: async () => undefined,
  read: async () => null,
  remove: async () => undefined,
  clear: async () => undefined,
}
const TRIAL_KEY = 'k'.repeat(32)
const hosts = knownHosts(SUMMARIES, 'http://{slug}.localhost:4321')

let server: Server
let rendered: Target[]
let health: Health
let isDirectoryKnown: boolean

beforeEach(async () => {
  rendered = []
  health = { word: 'ok', status: 200 }
  isDirectoryKnown = true
  const store = createPageStore({
    disk: noDisk,
    maxBytes: 1_000_000,
    now: Date.now,
    onError: (error) => {
      throw error
    },
  })
  const render = async (target: Target): Promise<RenderedPage> => {
    rendered.push(target)
    const status = target.path === '/articles/9/' ? 410 : target.path.startsWith('/nope') ? 404 : 200
    return {
      status,
      contentType: 'text/html; charset=utf-8',
      body: Buffer.from(`${target.known.site} ${target.path} `.repeat(100)),
      tags: ['a'],
      freshUntil: null,
      isStorable: status !== 404,
      ...(target.path.startsWith('/preview/') ? { isStorable: false, framedBy: ['https://admin.example.gov.cn'] } : {}),
    }
  }
  const handle = createHandler({
    directory: { isKnown: () => isDirectoryKnown, host: (header) => hosts.get(header?.split(':')[0] ?? '') ?? null, leadElsewhere: () => null, addressOn: () => null },
    assets: new Map(),
    store,
    pages: createPages({ store, render, lastSeq: () => 0, now: Date.now }),
    render,
    files: { send: async () => false },
    counters: createCounters(),
    health: () => health,
    rates: createRateLimits({
      search: { points: 4, seconds: 600 },
      letter: { points: 3, seconds: 600 },
      status: { points: 2, seconds: 600 },
    }),
    trusted: parseTrustedProxies('loopback'),
    trialKey: TRIAL_KEY,
  })
  server = createServer((incoming, outgoing) => void handle(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
)

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }
function ask(
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const call = request(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { host: 'suzhou.localhost:4321', ...headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        )
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

describe('hosts', () => {
  it('that are not ours get 421, and nothing is rendered', async () => {
    expect((await ask('/', { headers: { host: 'evil.test' } })).status).toBe(421)
    expect(rendered).toEqual([])
  })

  it('of all names may ask for health, which is one word', async () => {
    expect(await ask('/healthz', { headers: { host: 'evil.test' } })).toMatchObject({
      status: 200,
      body: Buffer.from('ok'),
    })
    health = { word: 'delivery-unreachable', status: 503 }
    expect(await ask('/healthz')).toMatchObject({ status: 503, body: Buffer.from('delivery-unreachable') })
  })

  it('are asked to wait while no site is known', async () => {
    isDirectoryKnown = false
    expect((await ask('/', { headers: { host: 'other.test' } })).status).toBe(503)
  })
})

describe('a live preview', () => {
  it('may be framed by the admin, is kept nowhere, and no other page may be framed', async () => {
    const { headers } = await ask(`/preview/${'x'.repeat(40)}/`)
    expect(headers['content-security-policy']).toContain('frame-ancestors https://admin.example.gov.cn')
    expect([headers['x-frame-options'], headers['cache-control']]).toEqual([undefined, 'no-store'])
    const usual = await ask('/')
    expect(usual.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(usual.headers['x-frame-options']).toBe('DENY')
  })
})

describe('a trial visit', () => {
  const sign = (trial: Partial<Trial> = {}, key = TRIAL_KEY) => {
    const whole: Trial = { site: 'suzhou', release: 'standard-2', draws: null, expires: Date.now() + 60_000, ...trial }
    const payload = Buffer.from(JSON.stringify(whole)).toString('base64url')
    return { [TRIAL_HEADER]: `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}` }
  }

  it('is drawn anew each time, with how long that took, and never kept', async () => {
    await ask('/')
    const trial = await ask('/', { headers: sign() })
    expect(rendered.at(-1)?.trial).toMatchObject({ release: 'standard-2' })
    expect(Number(trial.headers[RENDER_MS_HEADER])).toBeGreaterThanOrEqual(0)
    expect(trial.headers['cache-control']).toBe('no-store')
    await ask('/notices/', { headers: sign() })
    expect(rendered).toHaveLength(3)
    // The next reader gets what was stored before, or a render of their own.
    await ask('/')
    expect(rendered).toHaveLength(3)
    await ask('/columns/updates/', { headers: sign() })
    await ask('/columns/updates/')
    expect(rendered.slice(-2).map(({ trial: asked }) => asked?.release)).toEqual(['standard-2', undefined])
  })

  it('is not counted among searches, and does not post', async () => {
    for (let number = 0; number < 8; number += 1) expect((await ask('/search/?q=a', { headers: sign() })).status).toBe(200)
    const form = { method: 'POST', body: 'a=b', headers: { ...sign(), 'content-type': 'application/x-www-form-urlencoded' } }
    expect((await ask('/letters/status/', form)).headers[RENDER_MS_HEADER]).toBeUndefined()
  })

  it('that was not signed by us, or for another site, is an ordinary one', async () => {
    await ask('/')
    for (const headers of [sign({}, 'x'.repeat(32)), sign({ site: 'jiangsu' }), sign({ expires: Date.now() - 1 }), { [TRIAL_HEADER]: 'x' }]) {
      const answer = await ask('/', { headers })
      expect(answer.headers[RENDER_MS_HEADER]).toBeUndefined()
      expect(answer.headers.etag).toBeDefined()
    }
    expect(rendered).toHaveLength(1)
  })
})

describe('a page', () => {
  it('is stored for its host and served with its entity tag', async () => {
    const first = await ask('/')
    const again = await ask('/')
    expect(again.body).toEqual(first.body)
    expect(rendered).toHaveLength(1)
    expect(await ask('/', { headers: { 'if-none-match': String(first.headers.etag) } })).toMatchObject({
      status: 304,
      body: Buffer.alloc(0),
    })
    expect((await ask('/', { headers: { host: 'jiangsu.localhost' } })).body.toString()).toContain('jiangsu /')
  })

  it('travels compressed to those who take it so', async () => {
    const plain = await ask('/')
    const packed = await ask('/', { headers: { 'accept-encoding': 'br' } })
    expect(packed.headers['content-encoding']).toBe('br')
    expect(packed.headers.vary).toBe('Accept-Encoding')
    expect(brotliDecompressSync(packed.body)).toEqual(plain.body)
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
  })

  it('has its headers and no body for HEAD', async () => {
    const { body } = await ask('/')
    const head = await ask('/', { method: 'HEAD' })
    expect(head.body).toHaveLength(0)
    expect(head.headers['content-length']).toBe(String(body.length))
  })

  it('that was withdrawn stays 410, with and without a condition', async () => {
    const { status, headers } = await ask('/articles/9/')
    expect(status).toBe(410)
    expect((await ask('/articles/9/', { headers: { 'if-none-match': String(headers.etag) } })).status).toBe(410)
    expect(rendered).toHaveLength(1)
  })

  it('ignores campaign marks and queries that say nothing to it', async () => {
    await ask('/?utm_source=paper')
    await ask('/?x=1')
    await ask('/')
    expect(rendered).toHaveLength(1)
    expect(rendered[0]?.query.size).toBe(0)
  })

  it('that is not there is made for each reader', async () => {
    await ask('/nope/')
    expect((await ask('/nope/')).headers['cache-control']).toBe('no-store')
    expect(rendered).toHaveLength(2)
  })

  it('at a path in another form is one redirect away', async () => {
    expect(await ask('/Columns//updates?a=1')).toMatchObject({
      status: 301,
      headers: { location: '/columns/updates/?a=1' },
    })
    expect(await ask('/columns/updates/p/1/')).toMatchObject({
      status: 301,
      headers: { location: '/columns/updates/' },
    })
    expect(rendered).toEqual([])
  })
})

it('search, look-ups and filled forms are never stored', async () => {
  for (const path of [
    '/search/?q=a',
    '/search/',
    '/letters/status/?code=x',
    '/letters/new/?kind=inquiry',
    '/api/search?q=a',
  ]) {
    const before = rendered.length
    await ask(path)
    expect((await ask(path)).headers['cache-control'], path).toBe('no-store')
    expect(rendered.length - before, path).toBe(2)
  }
})

describe('a form', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  it('is read and handed on', async () => {
    const origin = 'http://suzhou.localhost:4321'
    const { headers } = await ask('/letters/new/', {
      method: 'POST',
      headers: { ...form, origin },
      body: 'name=%E7%8E%8B',
    })
    expect(headers['cache-control']).toBe('no-store')
    expect(rendered[0]?.form?.get('name')).toBe('王')
  })

  it('from a page of another site is refused', async () => {
    for (const origin of ['http://evil.test', 'null', 'http://suzhou.localhost:9999']) {
      expect(
        (await ask('/letters/new/', { method: 'POST', headers: { ...form, origin }, body: 'a=1' })).status,
        origin,
      ).toBe(403)
    }
    expect(rendered).toEqual([])
  })

  it('of another type, or too large, is refused', async () => {
    expect(
      (await ask('/letters/new/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
        .status,
    ).toBe(415)
    expect(
      (await ask('/letters/new/', { method: 'POST', headers: form, body: `a=${'x'.repeat(40_000)}` })).status,
    ).toBe(413)
    expect(
      (
        await ask('/letters/new/', {
          method: 'POST',
          headers: { ...form, 'transfer-encoding': 'chunked' },
          body: `a=${'x'.repeat(40_000)}`,
        })
      ).status,
    ).toBe(413)
  })

  it('is taken at its two addresses only', async () => {
    for (const [path, allow] of [
      ['/', 'GET, HEAD'],
      ['/search/', 'GET, HEAD'],
    ] as const) {
      expect(await ask(path, { method: 'POST', headers: form, body: 'a=1' })).toMatchObject({
        status: 405,
        headers: { allow },
      })
    }
    expect(await ask('/letters/new/', { method: 'DELETE' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST' },
    })
  })
})

it('every answer carries the security headers, and none says what made it', async () => {
  const answers = await Promise.all([
    ask('/'),
    ask('/nope/'),
    ask('/healthz'),
    ask('/', { headers: { host: 'evil.test' } }),
    ask('/Sites'),
    ask('/', { method: 'DELETE' }),
    ask('/_astro/old.css'),
  ])
  for (const { headers } of answers) {
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin')
    expect(headers['permissions-policy']).toBeDefined()
    expect(headers['content-type']).toMatch(/charset=utf-8/)
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers.server).toBeUndefined()
    // Only behind TLS: on a plain connection it would lock readers out.
    expect(headers['strict-transport-security']).toBeUndefined()
  }
})

it('a limit runs so many at once, has so many wait, and refuses the rest', async () => {
  const limit = createLimit({ parallel: 1, waiting: 1 })
  let open = () => {}
  const first = limit(
    () =>
      new Promise<string>((resolve) => {
        open = () => resolve('first')
      }),
  )
  const second = limit(async () => 'second')
  await expect(limit(async () => 'third')).rejects.toBeInstanceOf(Overloaded)
  open()
  expect(await Promise.all([first, second])).toEqual(['first', 'second'])
  expect(await limit(async () => 'fourth')).toBe('fourth')
})

describe('whoever asks too often', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const statusesOf = async (times: number, path: string, options: Parameters<typeof ask>[1]) => {
    const statuses: number[] = []
    for (let turn = 0; turn < times; turn += 1) statuses.push((await ask(path, options)).status)
    return statuses
  }

  it('is asked to wait, in a sentence and in a header, and others are not', async () => {
    const headers = from('203.0.113.9')
    expect(await statusesOf(5, '/search/?q=a', { headers })).toEqual([200, 200, 200, 200, 429])
    const refused = await ask('/search/?q=b', { headers })
    expect(refused.body.toString()).toMatch(/^搜索太频繁了，请等 \d+ (秒|分钟)再试。$/)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await ask('/search/?q=a', { headers: from('203.0.113.10') })).status).toBe(200)
    expect((await ask('/', { headers })).status).toBe(200)
    expect((await ask('/search/', { headers })).status).toBe(200)
  })

  it('is told so as JSON where programs ask', async () => {
    const headers = from('203.0.113.11')
    await statusesOf(4, '/api/search?q=a', { headers })
    const refused = await ask('/api/search?q=a', { headers })
    expect([refused.status, refused.headers['content-type']]).toEqual([429, 'application/json; charset=utf-8'])
    expect(JSON.parse(refused.body.toString())).toMatchObject({ error: { code: 'too-many', message: expect.stringContaining('搜索') } })
  })

  it('gains nothing by writing other addresses before its own', async () => {
    for (const forged of ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4'])
      await ask('/search/?q=a', { headers: from(`${forged}, 203.0.113.12`) })
    expect((await ask('/search/?q=a', { headers: from('198.51.100.5, 203.0.113.12') })).status).toBe(429)
  })

  it('can neither send letters without end nor guess codes', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const letter = { method: 'POST', headers: { ...form, ...from('203.0.113.13') }, body: 'text=a' }
    expect(await statusesOf(4, '/letters/new/', letter)).toEqual([200, 200, 200, 429])
    expect((await ask('/letters/new/', { headers: from('203.0.113.13') })).status).toBe(200)
    const headers = from('203.0.113.14')
    expect(await statusesOf(2, '/letters/status/?code=ABCD', { headers })).toEqual([200, 200])
    expect((await ask('/letters/status/', { method: 'POST', headers: { ...form, ...headers }, body: 'code=a' })).status).toBe(429)
  })
})
