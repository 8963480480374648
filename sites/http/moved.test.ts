import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { columnPath, documentPath, feedPath, robotsPath, searchApiPath, searchPath } from '@cluster/shared/delivery/addresses'
import type { Standing } from '@cluster/shared/governance/site-lifecycle/standing'
import { parseTrustedProxies } from '@cluster/shared/http/client-address'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDirectory } from '../hosts/directory.ts'
import { withNotice } from '../load/notice.ts'
import { createCounters } from '../operator/counters.ts'
import { createPages } from '../page-store/pages.ts'
import { createPageStore } from '../page-store/store.ts'
import type { Target } from '../render.ts'
import { SUMMARIES } from '../testing/records.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { createHandler } from './handle.ts'
import { createRateLimits } from './rate-limits.ts'

const [KUNSHAN, TAICANG] = ['suzhou-kunshan', 'suzhou-taicang']
const PATTERN = 'http://{slug}.localhost:4321'
const noDisk = { write: async () => undefined, read: async () => null, remove: async () => undefined, clear: async () => undefined }
const FILE = `/files/${'a'.repeat(64)}/x.pdf`
/** Every kind of address that a county has. */
const ADDRESSES = [
  '/', columnPath('updates'), columnPath('updates', 3), columnPath('research'), documentPath({ collection: 'articles', id: 12 }),
  documentPath({ collection: 'policies', id: 7 }), documentPath({ collection: 'letters', id: 3 }), searchPath(), feedPath(), robotsPath(), '/sitemap.xml', '/sitemap-1.xml',
  searchApiPath(), '/sites/', '/sitemap/', '/letters/new/', '/letters/status/', FILE,
]

let server: Server
let standings: Record<string, Standing | undefined>
let directory: ReturnType<typeof createDirectory>
let rendered: Target[]
let status: number

beforeEach(async () => {
  standings = {}
  rendered = []
  status = 200
  directory = createDirectory({
    delivery: { directory: async () => ({ sites: SUMMARIES.map((site) => ({ ...site, standing: standings[site.slug] })) }) },
    origin: PATTERN,
    folder: await temporaryFolder(),
  })
  await directory.refresh()
  const store = createPageStore({
    disk: noDisk, maxBytes: 1_000_000, now: Date.now, onError: (error) => { throw error } })
  const render = async (target: Target) => {
    rendered.push(target)
    return { status, contentType: 'text/html', body: Buffer.from('x'), tags: [], freshUntil: null, isStorable: status === 200 }
  }
  const rate = { points: 1_000, seconds: 10 }
  const handle = createHandler({
    directory, assets: new Map(), store, pages: createPages({ store, render, lastSeq: () => 0, now: Date.now }), render,
    files: { send: async (_, response) => { response.end('file'); return true } },
    counters: createCounters(), health: () => ({ word: 'ok', status: 200 }),
    rates: createRateLimits({ search: rate, letter: rate, status: rate }), trusted: parseTrustedProxies('loopback'), trialKey: 'k'.repeat(32),
  })
  server = createServer((incoming, outgoing) => void handle(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => {
  server.close(resolve)
  server.closeAllConnections()
}))

type Answer = { status: number; headers: IncomingHttpHeaders; text: string }
function ask(host: string, path: string, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const call = request({ host: '127.0.0.1', port, path, method, agent: false, headers: { host } }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => { text += String(chunk) })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    call.on('error', reject)
    call.end()
  })
}
const hostOf = (slug: string) => `${slug}.localhost:4321`
async function stand(next: Record<string, Standing>): Promise<void> {
  standings = next
  await directory.refresh()
}
const moved = (into: string): Standing => ({ state: 'moved', into, columns: { updates: 'updates', research: 'frontier' } })

describe('a merged site', () => {
  it('answers 301 at every old address, also where a page of it is still stored, and the new address answers 200', async () => {
    for (const path of ADDRESSES) expect((await ask(hostOf(KUNSHAN), path)).status, path).toBe(200)
    await stand({ [KUNSHAN]: moved(TAICANG) })
    const led: Record<string, string> = {}
    for (const path of ADDRESSES) {
      const { status: code, headers } = await ask(hostOf(KUNSHAN), path)
      expect([path, code]).toEqual([path, 301])
      const there = new URL(headers.location ?? '')
      expect(there.host).toBe(hostOf(TAICANG))
      expect([path, (await ask(there.host, `${there.pathname}${there.search}`)).status]).toEqual([path, 200])
      led[path] = there.pathname
    }
    expect(led).toMatchObject({ [columnPath('research')]: columnPath('frontier'), [columnPath('updates', 3)]: columnPath('updates'), [FILE]: FILE, '/articles/12/': '/articles/12/' })
    expect((await ask(hostOf(KUNSHAN), '/search/?q=%E7%BC%96%E5%88%B6')).headers.location).toBe(`http://${hostOf(TAICANG)}/search/?q=%E7%BC%96%E5%88%B6`)
    expect((await ask(hostOf(KUNSHAN), '/letters/new/', 'POST'))).toMatchObject({ status: 410, text: expect.stringContaining('没有收下') })
  })

  it('leads along a chain of mergers to the site that is there today, and in no circle', async () => {
    await stand({ [KUNSHAN]: moved(TAICANG), [TAICANG]: moved('suzhou-changshu') })
    expect((await ask(hostOf(KUNSHAN), '/articles/12/')).headers.location).toBe(`http://${hostOf('suzhou-changshu')}/articles/12/`)
    await stand({ [KUNSHAN]: moved(TAICANG), [TAICANG]: moved(KUNSHAN) })
    expect((await ask(hostOf(KUNSHAN), '/')).status).toBe(200)
  })

  it('is led by what is on disk, with everything else down', async () => {
    const folder = await temporaryFolder()
    const sites = SUMMARIES.map((site) => (site.slug === KUNSHAN ? { ...site, standing: moved(TAICANG) } : site))
    await createDirectory({ delivery: { directory: async () => ({ sites }) }, origin: PATTERN, folder }).refresh()
    const down = createDirectory({ delivery: { directory: () => Promise.reject(new Error('down')) }, origin: PATTERN, folder })
    await down.restore()
    expect(down.leadElsewhere(KUNSHAN, '/')).toMatchObject({ url: `http://${hostOf(TAICANG)}/`, isPermanent: true })
    expect(down.sites().map(({ slug }) => slug)).not.toContain(KUNSHAN)
    expect(down.host(hostOf(KUNSHAN))).not.toBeNull()
  })
})

describe('a site that is being merged', () => {
  it('answers what it still has, and leads for the time being to what has gone; never for good', async () => {
    await stand({ [KUNSHAN]: { state: 'merging', into: TAICANG, columns: {}, isEmptied: false } })
    expect((await ask(hostOf(KUNSHAN), '/articles/12/')).status).toBe(200)
    status = 404
    expect(await ask(hostOf(KUNSHAN), '/articles/13/')).toMatchObject({ status: 302, headers: { location: `http://${hostOf(TAICANG)}/articles/13/` } })
    await stand({ [KUNSHAN]: { state: 'merging', into: TAICANG, columns: {}, isEmptied: true } })
    expect((await ask(hostOf(KUNSHAN), '/articles/12/')).status).toBe(302)
    await stand({})
    status = 200
    expect((await ask(hostOf(KUNSHAN), '/articles/14/')).status).toBe(200)
  })
})

describe('a site that is opened or closed', () => {
  it('says that it is being set up, and stands in no list', async () => {
    await stand({ [KUNSHAN]: { state: 'opening' } })
    const answer = await ask(hostOf(KUNSHAN), '/')
    expect([answer.status, answer.text, answer.headers['x-robots-tag']]).toEqual([503, '本网站正在建设，还没有开通。', 'noindex'])
    expect(rendered).toEqual([])
    expect(directory.sites()).toHaveLength(SUMMARIES.length - 1)
  })

  it('stays readable under a notice, then leads to the site above', async () => {
    await stand({ [KUNSHAN]: { state: 'closing', successor: 'suzhou', office: '苏州市委编办', until: '2026-12-31' } })
    expect((await ask(hostOf(KUNSHAN), '/articles/12/')).status).toBe(200)
    await stand({ [KUNSHAN]: { state: 'closed', successor: 'suzhou' } })
    for (const path of ADDRESSES) {
      expect(await ask(hostOf(KUNSHAN), path), path).toMatchObject({ status: 301, headers: { location: 'http://sz.example.cn:4321/' } })
    }
  })

  it('carries the notice on pages of any release, escaped', () => {
    const html = '<html><body class="x"><header>h</header><main id="content">m</main><footer>f</footer></body></html>'
    expect(withNotice(html, { sentence: '<b>关闭' })).toBe(html.replace('class="x">', 'class="x"><aside aria-label="网站公告"><p><strong>&lt;b&gt;关闭</strong></p></aside>'))
    const page = withNotice(html, { sentence: '即将关闭', page: { title: '网站关闭公告', links: [{ label: '接续', href: 'http://a/' }] } })
    expect(page).toContain('<h1 class="page-title">网站关闭公告</h1>')
    expect(page).toContain('<header>h</header>')
    expect(page).not.toContain('>m<')
  })
})
