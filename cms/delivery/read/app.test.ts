import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addressesAnswerSchema, columnAnswerSchema, directoryAnswerSchema, documentAnswerSchema, homeAnswerSchema, latestAnswerSchema,
  letterStatusAnswerSchema, siteAnswerSchema,
} from '@cluster/shared/delivery/api'
import { createEngineGate } from '../../search/engine-gate.ts'
import { openTestDelivery, type TestDelivery } from '../../testing/delivery.ts'
import { deliveryApp } from './app.ts'
import { openListener, openReadDatabase } from './database.ts'
import { createFeedBell } from './feed-bell.ts'

let delivery: TestDelivery
const CODE = 'a'.repeat(64)

beforeAll(async () => {
  delivery = await openTestDelivery()
  const { copies } = delivery
  const hour = (n: number) => new Date(Date.UTC(2026, 9, 1, n)).toISOString()
  for (let id = 1; id <= 23; id += 1) await copies.putArticle({ id, title: `第${id}期工作动态`, publishedAt: hour(id) })
  await copies.putArticle({ id: 30, title: '关于办法的解读', column: 'interpretations', publishedAt: hour(30) })
  await copies.putArticle({ id: 31, title: '太仓的动态', site: 'suzhou-taicang', publishedAt: hour(31) })
  await copies.putPolicy({ id: 1, title: '机构编制管理办法（2019修正）', issuedOn: '2019-03-01', publishedAt: hour(40) })
  await copies.putPolicy({ id: 2, title: '机构编制管理办法', issuedOn: '2023-05-01', publishedAt: hour(1) })
  await copies.putPolicy({ id: 3, title: '机构编制管理办法', publishedAt: hour(50) })
  await copies.query("insert into delivery.links values ('articles', 30, 'policies', 2, 'interprets')")
  await copies.putArticle({ id: 40, title: '数据有误的通知', column: 'notices', publishedAt: hour(2) })
  await copies.withdraw('articles', 40)
  const status = (id: string, from: string, to: string | null) => copies.query(
    'insert into delivery.letter_status (code_hash, site, record, received_at, due_at, answered_at) values ($1, $2, $3, $4, $5, $6)',
    [id, 'suzhou-kunshan', { site: 'suzhou-kunshan', kind: 'inquiry', title: '咨询登记', steps: [{ step: 'received', at: from }], dueAt: '2026-10-20T16:00:00.000Z' },
      from, '2026-10-20T16:00:00.000Z', to])
  await status(CODE, '2026-10-12T01:00:00.000Z', '2026-10-12T07:00:00.000Z')
  await status('b'.repeat(64), '2026-10-13T01:00:00.000Z', '2026-10-13T05:00:00.000Z')
  await status('c'.repeat(64), '2026-10-14T01:00:00.000Z', null)
})
afterAll(() => delivery.close())

describe('without its database', () => {
  it('answers 503 and says why, in a word to whoever watches and in a sentence to the portal', async () => {
    const faults: string[] = []
    const onFault = (what: string) => void faults.push(what)
    const url = new URL(delivery.database.deliveryUrl)
    url.port = '1'
    const database = openReadDatabase({ url: url.href, onFault })
    const bell = createFeedBell({ openClient: () => openListener(url.href), onFault })
    const gate = createEngineGate({ engine: null, onFault })
    const app = deliveryApp({ database, bell, gate, mediaDir: '', onFault, closing: new AbortController().signal })
    const health = await app.request('/healthz')
    expect([health.status, await health.text()]).toEqual([503, 'database-unreachable'])
    const answer = await app.request('/v1/directory')
    expect([answer.status, await answer.json()]).toEqual([503, { error: { code: 'database-unreachable', message: expect.stringContaining('数据库') } }])
    expect(faults).toEqual(['request'])
    await database.close()
  })
})

describe('the public read side', () => {
  it('lists all sites, the province first', async () => {
    const { sites } = directoryAnswerSchema.parse((await delivery.get('/v1/directory')).json)
    expect(sites.map(({ slug }) => slug)).toEqual(['jiangsu', 'nanjing', 'suzhou', 'suzhou-kunshan', 'suzhou-taicang'])
    expect(sites[0]).not.toHaveProperty('columns')
  })

  it('gives a site with its columns', async () => {
    const site = siteAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan')).json)
    expect(site).toMatchObject({ slug: 'suzhou-kunshan', parent: 'suzhou', level: 'county' })
  })

  it('gathers a home page: newest of each column, policies with what explains them, figures', async () => {
    const home = homeAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/home')).json)
    expect(home.columns.updates?.map(({ id }) => id)).toEqual([23, 22, 21, 20, 19, 18, 17, 16])
    expect(home.columns).not.toHaveProperty('notices')
    expect(home.policies.map(({ id, interpretations }) => [id, interpretations.map((entry) => entry.id)])).toEqual([[3, []], [1, []], [2, [30]]])
    expect(home.letters).toEqual({ received: 3, answered: 2, answeredInTime: 2, medianHours: 5 })
    expect(home.documents).toEqual({ own: 27, subtree: 0 })
  })

  it('shows a city what its counties published last, and counts it', async () => {
    const home = homeAnswerSchema.parse((await delivery.get('/v1/sites/suzhou/home')).json)
    expect(home.subtree.slice(0, 3).map(({ site, collection, id }) => `${site}/${collection}/${id}`)).toEqual([
      'suzhou-kunshan/policies/3', 'suzhou-kunshan/policies/1', 'suzhou-taicang/articles/31'])
    expect(home.documents).toEqual({ own: 0, subtree: 28 })
    expect(home.letters).toBeNull()
    const elsewhere = homeAnswerSchema.parse((await delivery.get('/v1/sites/nanjing/home')).json)
    expect(elsewhere.subtree).toEqual([])
  })

  it('gives a column page by page', async () => {
    const first = columnAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/columns/updates')).json)
    const second = columnAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/columns/updates?page=2')).json)
    expect([first.total, first.pages, first.entries.length]).toEqual([23, 2, 20])
    expect(second.entries.map(({ id }) => id)).toEqual([3, 2, 1])
    const empty = columnAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/columns/approvals')).json)
    expect([empty.total, empty.pages, empty.entries]).toEqual([0, 0, []])
    expect((await delivery.get('/v1/sites/suzhou-kunshan/columns/updates?page=3')).status).toBe(404)
  })

  it('gives a document with its neighbours in the column', async () => {
    const answer = documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/articles/22')).json)
    expect(answer).toMatchObject({ state: 'published', previous: { id: 21 }, next: { id: 23 }, isCurrent: true, sameTitle: [] })
    expect(documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/articles/1')).json)).toMatchObject({ previous: null })
  })

  it('knows a policy and what explains it from either side', async () => {
    const policy = documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/policies/2')).json)
    const article = documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/articles/30')).json)
    expect(policy).toMatchObject({ related: [{ collection: 'articles', id: 30 }] })
    expect(article).toMatchObject({ related: [{ collection: 'policies', id: 2 }] })
  })

  it('takes the latest of one title for the current one, by its own date and not by when it came here', async () => {
    const current = documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/policies/2')).json)
    const older = documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/policies/1')).json)
    expect(current).toMatchObject({ isCurrent: true, sameTitle: [{ id: 1 }, { id: 3 }] })
    expect(older).toMatchObject({ isCurrent: false, sameTitle: [{ id: 2 }, { id: 3 }] })
  })

  it('answers for a withdrawn document with its trace alone, and leaves it out of every list', async () => {
    const answer = documentAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/documents/articles/40')).json)
    expect(answer).toMatchObject({ state: 'withdrawn', tombstone: { title: '数据有误的通知', reason: '数据有误' } })
    expect(answer).not.toHaveProperty('record')
    const lists = await Promise.all(['columns/notices', 'latest?limit=100', 'addresses', 'home'].map((path) => delivery.app.request(`/v1/sites/suzhou-kunshan/${path}`)))
    for (const list of lists) expect(await list.text()).not.toContain('"id":40')
  })

  it('lists what came last, and every address with its last change', async () => {
    const { entries } = latestAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/latest?limit=2')).json)
    expect(entries.map(({ collection, id }) => `${collection}/${id}`)).toEqual(['policies/3', 'policies/1'])
    const addresses = addressesAnswerSchema.parse((await delivery.get('/v1/sites/suzhou-kunshan/addresses')).json)
    expect(addresses.documents).toHaveLength(27)
    expect(addresses.documents.map(({ path }) => path)).toContain('/policies/2/')
    expect(addresses.columns.find(({ key }) => key === 'updates')).toEqual({ key: 'updates', total: 23, changedAt: '2026-10-01T23:00:00.000Z' })
    expect(addresses.columns.find(({ key }) => key === 'notices')).toEqual({ key: 'notices', total: 0, changedAt: null })
  })

  it('tells where a letter stands to whoever has its code', async () => {
    expect(letterStatusAnswerSchema.parse((await delivery.get(`/v1/letters/${CODE}`)).json)).toMatchObject({ title: '咨询登记' })
    expect((await delivery.get(`/v1/letters/${'d'.repeat(64)}`)).status).toBe(404)
  })

  it.each([
    '/v1/sites/atlantis', '/v1/sites/atlantis/home', '/v1/sites/atlantis/latest', '/v1/sites/atlantis/addresses', '/v1/sites/suzhou-kunshan/columns/recipes',
    '/v1/sites/suzhou-kunshan/documents/articles/99', '/v1/sites/suzhou-taicang/documents/articles/1', '/v1/recipes',
  ])('answers 404 for what there is not: %s', async (path) => {
    expect(await delivery.get(path)).toEqual({ status: 404, json: { error: { code: 'not-found', message: expect.any(String) } } })
  })

  it.each([
    '/v1/sites/NANJING!/home', '/v1/sites/suzhou-kunshan/columns/updates?page=0', '/v1/sites/suzhou-kunshan/columns/updates?page=two',
    '/v1/sites/suzhou-kunshan/documents/users/1', '/v1/sites/suzhou-kunshan/documents/articles/99999999999', '/v1/sites/suzhou-kunshan/latest?limit=1000',
    '/v1/letters/123', '/v1/feed/since?after=-1', '/v1/search?q=x&page=101', "/v1/search?q=x&site='--",
  ])('answers 400 for what cannot be meant: %s', async (path) => {
    expect(await delivery.get(path)).toEqual({ status: 400, json: { error: { code: 'bad-parameter', message: expect.stringContaining('不可用') } } })
  })

  it('cannot write, and cannot read what is not public', async () => {
    await expect(delivery.read.rows("update delivery.records set title = 'x'")).rejects.toThrow(/read-only|permission denied/)
    await expect(delivery.read.rows('select * from public.articles')).rejects.toThrow(/permission denied/)
    await expect(delivery.read.rows('select * from cluster.audit')).rejects.toThrow(/permission denied/)
  })

  it('says in one word how it is', async () => {
    const answer = await delivery.app.request('/healthz')
    expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
  })
})
