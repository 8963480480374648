import { beforeEach, describe, expect, it } from 'vitest'
import type { Bodies, PageFacts, RenderedPage } from './page.ts'
import { createPages, type PageTarget } from './pages.ts'
import { createPageStore, type PageStore } from './store.ts'

const noDisk = {
  write: async (_facts: PageFacts, _bodies: Bodies) => undefined,
  read: async () => null,
  remove: async () => undefined,
  clear: async () => undefined,
}
const home: PageTarget = { host: 'jiangsu.localhost', path: '/' }
const rendered = (text: string, more: Partial<RenderedPage> = {}): RenderedPage => ({
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body: Buffer.from(text),
  tags: ['a'],
  freshUntil: null,
  isStorable: true,
  ...more,
})

let store: PageStore
let clock: number
let renders: number

beforeEach(() => {
  clock = 1_000
  renders = 0
  store = createPageStore({
    disk: noDisk,
    maxBytes: 1_000_000,
    now: () => clock,
    onError: (error) => {
      throw error
    },
  })
})

const pagesWith = (render: (target: PageTarget) => Promise<RenderedPage>) =>
  createPages({
    store,
    now: () => clock,
    lastSeq: () => 7,
    render: (target) => {
      renders += 1
      return render(target)
    },
  })
const textOf = (answer: Awaited<ReturnType<ReturnType<typeof pagesWith>['get']>>) =>
  (answer.from === 'store' ? answer.bodies.identity : answer.page.body).toString()

describe('a missing page', () => {
  it('is rendered once for a hundred readers', async () => {
    const pages = pagesWith(async () => rendered('one'))
    const answers = await Promise.all(Array.from({ length: 100 }, () => pages.get(home)))
    expect(new Set(answers.map(textOf))).toEqual(new Set(['one']))
    expect(renders).toBe(1)
  })

  it('is rendered for each host and path by itself', async () => {
    const pages = pagesWith(async (target) => rendered(`${target.host}${target.path}`))
    await Promise.all([
      pages.get(home),
      pages.get({ ...home, host: 'suzhou.localhost' }),
      pages.get({ ...home, path: '/sites/' }),
    ])
    expect(renders).toBe(3)
  })

  it('comes from the store afterwards, with the number of the feed that it was made at', async () => {
    const pages = pagesWith(async () => rendered('one'))
    await pages.get(home)
    const answer = await pages.get(home)
    expect(renders).toBe(1)
    expect(answer.from === 'store' && answer.page.seq).toBe(7)
  })
})

describe('a purge during a render', () => {
  it('has the page rendered again, and every waiting reader gets the new one', async () => {
    const texts = ['old', 'new']
    let text = 'old'
    const pages = pagesWith(async () => {
      text = texts.shift() ?? 'newer'
      if (text === 'old') store.purge(['a'])
      return rendered(text)
    })
    const answers = await Promise.all([pages.get(home), pages.get(home)])
    expect(answers.map(textOf)).toEqual(['new', 'new'])
    expect(renders).toBe(2)
    expect(store.find('jiangsu.localhost', '/')).toBeDefined()
  })

  it('of another tag changes nothing', async () => {
    const pages = pagesWith(async () => {
      store.purge(['b'])
      return rendered('one')
    })
    await pages.get(home)
    expect(renders).toBe(1)
  })

  it('that never ends gives the reader a page, and keeps none', async () => {
    const pages = pagesWith(async () => {
      store.purge(['a'])
      return rendered(`number ${renders}`)
    })
    const answer = await pages.get(home)
    expect(answer.from).toBe('render')
    expect(store.find('jiangsu.localhost', '/')).toBeUndefined()
  })
})

describe('what is not storable', () => {
  it('is rendered for the next reader again', async () => {
    const pages = pagesWith(async () => rendered('nothing here', { status: 404, isStorable: false }))
    await pages.get(home)
    await pages.get(home)
    expect(renders).toBe(2)
    expect(store.size().entries).toBe(0)
  })

  it('includes failures: the next reader has another chance', async () => {
    const pages = pagesWith(async () =>
      renders === 1 ? rendered('down', { status: 503, isStorable: false }) : rendered('up'),
    )
    expect(textOf(await pages.get(home))).toBe('down')
    expect(textOf(await pages.get(home))).toBe('up')
  })
})

describe('a page with an end of its own', () => {
  it('is rendered again when it has come', async () => {
    const pages = pagesWith(async () => rendered(`made at ${clock}`, { freshUntil: clock + 500 }))
    await pages.get(home)
    clock = 1_499
    expect(textOf(await pages.get(home))).toBe('made at 1000')
    clock = 1_500
    expect(textOf(await pages.get(home))).toBe('made at 1500')
  })

  it('stays when it cannot be rendered: an old page is better than an error', async () => {
    const pages = pagesWith(async () =>
      renders === 1 ? rendered('old', { freshUntil: 1_500 }) : rendered('down', { status: 503, isStorable: false }),
    )
    await pages.get(home)
    clock = 2_000
    expect(textOf(await pages.get(home))).toBe('old')
  })
})

it('a withdrawn page is kept with its status', async () => {
  const pages = pagesWith(async () => rendered('withdrawn', { status: 410 }))
  await pages.get(home)
  const answer = await pages.get(home)
  expect(answer.from === 'store' && answer.page.status).toBe(410)
})

it('the compressed forms hold the same page', async () => {
  const { brotliDecompressSync, gunzipSync } = await import('node:zlib')
  const text = '机构编制'.repeat(500)
  const answer = await pagesWith(async () => rendered(text)).get(home)
  const bodies = answer.from === 'store' ? answer.bodies : null
  expect(gunzipSync(bodies?.gzip ?? '').toString()).toBe(text)
  expect(brotliDecompressSync(bodies?.br ?? '').toString()).toBe(text)
})
