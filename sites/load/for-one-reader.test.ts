import { describe, expect, it } from 'vitest'
import { siteChoicesSchema } from '@cluster/shared/delivery/records'
import { Unreachable } from '../data/failures.ts'
import { loadContext } from '../testing/records.ts'
import { loadPage } from './page.ts'

const HOME_ANSWER = { columns: {}, policies: [], letters: null, documents: { own: 0, subtree: 0 }, subtree: [] }
const load = (context: ReturnType<typeof loadContext>, address: Parameters<typeof loadPage>[1]) =>
  loadPage(context, address, 'ref')

describe('search', () => {
  const answer = {
    hits: [],
    total: 0,
    page: 1,
    pages: 0,
    facets: { site: { suzhou: 2 }, kind: { update: 3 } },
    degraded: true,
  }

  it('asks for the whole cluster unless told otherwise, and is never stored', async () => {
    const asked: unknown[] = []
    const delivery = {
      search: async (query: unknown) => {
        asked.push(query)
        return answer
      },
    }
    await load(loadContext('suzhou', '/search/', { delivery, query: 'q=编制' }), { page: 'search' })
    const loaded = await load(loadContext('suzhou', '/search/', { delivery, query: 'q=编制&scope=site' }), {
      page: 'search',
    })
    expect(asked).toEqual([
      { q: '编制', page: 1 },
      { q: '编制', page: 1, site: 'suzhou' },
    ])
    expect(loaded.isStorable).toBe(false)
    if (loaded.page.kind !== 'search') throw new Error(loaded.page.kind)
    expect(loaded.page.scope.isThisSite).toBe(true)
    expect(loaded.page.facets.find((facet) => facet.key === 'kind')?.options[0]).toMatchObject({
      label: '工作动态',
      count: 3,
    })
    expect(loaded.page.chosen).toEqual([
      { label: '站点：苏州机构编制', href: `/search/?${new URLSearchParams({ q: '编制' })}` },
    ])
  })

  it('says that it cannot be done when nothing answers', async () => {
    const delivery = { search: () => Promise.reject(new Unreachable('down')) }
    const loaded = await load(loadContext('suzhou', '/search/', { delivery, query: 'q=编制' }), { page: 'search' })
    expect(loaded).toMatchObject({ status: 503, page: { kind: 'search', answer: null } })
    if (loaded.page.kind === 'search') expect(loaded.page.error).toContain('没有应答')
  })

  it('refuses a facet that does not exist', async () => {
    const loaded = await load(loadContext('suzhou', '/search/', { query: 'q=a&kind=nonsense' }), { page: 'search' })
    expect(loaded.status).toBe(400)
  })
})

describe('a letter', () => {
  const form = new URLSearchParams({
    kind: 'inquiry',
    name: '王小明',
    contact: '13900000000',
    title: '咨询',
    text: '社区站算不算事业编制？',
    mayPublish: 'true',
  })
  const send = (fields: URLSearchParams) =>
    load(loadContext('suzhou', '/letters/new/', { form: fields.toString() }), { page: 'letter-form' })

  it('answers with its query code, on a page that nobody keeps', async () => {
    expect(await send(form)).toMatchObject({ status: 200, isStorable: false, page: { code: '2345-6789-ABCD' } })
  })

  it('that lacks something comes back with all that was typed', async () => {
    const lacking = new URLSearchParams(form)
    lacking.set('text', '短')
    expect(await send(lacking)).toMatchObject({
      status: 422,
      page: { code: null, values: { name: '王小明', text: '短', mayPublish: true }, errors: [{ path: 'text' }] },
    })
  })

  it('that a program filled in is not sent', async () => {
    const trapped = new URLSearchParams(form)
    trapped.set('website', 'http://spam.example')
    expect(await send(trapped)).toMatchObject({ status: 422, page: { code: null } })
  })

  it('is not lost when the office’s side does not answer', async () => {
    const context = loadContext('suzhou', '/letters/new/', { form: form.toString() })
    context.services.intake.sendLetter = () => Promise.reject(new Unreachable('down'))
    expect(await load(context, { page: 'letter-form' })).toMatchObject({
      status: 503,
      page: { values: { text: '社区站算不算事业编制？' } },
    })
  })
})

describe('the status of a letter', () => {
  it('is asked for by the hash of the code, however it was typed', async () => {
    const asked: string[] = []
    const delivery = {
      letterStatus: async (hash: string) => {
        asked.push(hash)
        return null
      },
    }
    for (const code of ['2345-6789-ABCD', '2345 6789 abcd']) {
      const loaded = await load(loadContext('suzhou', '/letters/status/', { delivery, query: `code=${code}` }), {
        page: 'letter-status',
      })
      expect(loaded).toMatchObject({ status: 404, isStorable: false })
    }
    expect(asked[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(asked[0]).toBe(asked[1])
  })

  it('is stored only as the empty form', async () => {
    expect((await load(loadContext('suzhou', '/letters/status/'), { page: 'letter-status' })).isStorable).toBe(true)
  })
})

describe('a home page that an office is arranging', () => {
  const choices = siteChoicesSchema.parse({ hidden: ['local'], order: ['approvals', 'frontier'] })
  const preview = (site: string) => {
    const context = loadContext('suzhou', '/preview/x/', { delivery: { home: async () => HOME_ANSWER } })
    context.services.intake.preview = async () => ({ home: { site, choices }, framedBy: ['https://admin.example.gov.cn'], files: [] })
    return load(context, { page: 'preview', token: 'x' })
  }

  it('is the real one under these choices, framed by the admin, kept nowhere, found by no crawler', async () => {
    const loaded = await preview('suzhou')
    expect(loaded).toMatchObject({
      status: 200,
      isStorable: false,
      tags: [],
      framed: { by: ['https://admin.example.gov.cn'], files: [] },
      page: { kind: 'home', chrome: { head: { robots: 'noindex' } } },
    })
    const { page } = loaded
    if (page.kind !== 'home') throw new Error('no home page')
    expect(page.blocks).not.toContain('local')
    expect(page.blocks.indexOf('approvals')).toBeLessThan(page.blocks.indexOf('frontier'))
  })

  it('leaves the site’s own page as it is', async () => {
    const own = await load(loadContext('suzhou', '/', { delivery: { home: async () => HOME_ANSWER } }), { page: 'home' })
    expect(own.framed).toBeUndefined()
    expect(own).toMatchObject({ isStorable: true, page: { blocks: expect.arrayContaining(['frontier']) } })
  })

  it('of another site is not found here', async () => {
    expect(await preview('nanjing')).toMatchObject({ status: 404, page: { kind: 'not-found' } })
  })
})

it('a preview that is not valid any more says so', async () => {
  const loaded = await load(loadContext('suzhou', '/preview/x/'), { page: 'preview', token: 'x' })
  expect(loaded).toMatchObject({ status: 403, isStorable: false, page: { kind: 'error' } })
})
