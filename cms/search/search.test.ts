import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SearchAnswer, searchAnswerSchema } from '@cluster/shared/delivery/search'
import { openTestDelivery, type TestDelivery } from '../testing/delivery.ts'
import { hasTestSearchEngine, startTestSearchEngine, type TestSearchEngine } from '../testing/search-engine.ts'
import { openEngineReader } from './engine-reader.ts'
import { countInIndex, openEngine } from './engine.ts'
import { indexDocuments, type SearchStores } from './index-documents.ts'
import { mendIndex } from './mend-index.ts'
import { reindex } from './reindex.ts'

type Target = Parameters<typeof indexDocuments>[1][number]

describe.skipIf(!hasTestSearchEngine)('search', () => {
  let engine: TestSearchEngine
  let delivery: TestDelivery
  let stores: SearchStores
  let pool: Pool

  const ask = async (question: Record<string, string>): Promise<SearchAnswer> => {
    const { status, json } = await delivery.get(`/v1/search?${new URLSearchParams(question)}`)
    expect(status).toBe(200)
    return searchAnswerSchema.parse(json)
  }
  const found = (answer: SearchAnswer) => answer.hits.map(({ collection, id }) => `${collection}/${id}`)
  const index = (...targets: Target[]) => indexDocuments(stores, targets)
  const article = (id: number): Target => ({ collection: 'articles', id })
  const policy = (id: number): Target => ({ collection: 'policies', id })

  beforeAll(async () => {
    engine = await startTestSearchEngine()
    delivery = await openTestDelivery({ engine: openEngineReader({ url: engine.url, key: engine.searchKey, timeoutMs: 2_000 }) })
    pool = new Pool({ connectionString: delivery.database.appUrl })
    stores = { pool, engine: openEngine({ url: engine.url, key: engine.adminKey, timeoutMs: 5_000 }) }
    const { copies } = delivery
    await copies.putArticle({ id: 1, title: '昆山完成事业单位年度报告公示', text: '全市三百家事业单位法人提交了年度报告。', publishedAt: '2026-10-01T01:00:00.000Z' })
    await copies.putArticle({ id: 2, title: '太仓编办走访乡镇', site: 'suzhou-taicang', text: '走访中谈到事业单位登记。', publishedAt: '2026-10-02T01:00:00.000Z' })
    await copies.putArticle({ id: 3, title: '南京优化岗位设置', site: 'nanjing', text: '岗位设置方案已经备案。', publishedAt: '2026-10-03T01:00:00.000Z' })
    await copies.putPolicy({
      id: 1, site: 'jiangsu', title: '江苏省事业单位登记管理办法', text: `第一条 为了规范登记。${'第二条 登记管理机关依法办理。'.repeat(40)}第九条 法人证书每年检验。`,
      documentNumber: '苏编〔2019〕12号', issuer: '省委编办', issuedOn: '2019-05-06', validity: 'amended', sourceId: 'abc123', publishedAt: '2026-09-01T01:00:00.000Z' })
    await mendIndex(stores)
    await index(article(1), article(2), article(3), policy(1))
  })
  afterAll(async () => {
    await pool.end()
    await delivery.close()
    await engine.close()
  })

  it('finds what bears the very title first, among many that differ in a digit, and of those the current one', async () => {
    const title = (number: number) => `断开、阻塞、拖慢进程之间的连接第${number}号稿件之${number}`
    const ids = Array.from({ length: 140 }, (_, index) => 300 + index)
    for (const id of ids) await delivery.copies.putArticle({ id, title: title(id), text: '清单已经公布。', publishedAt: '2026-08-01T01:00:00.000Z' })
    await delivery.copies.putArticle({ id: 500, title: `《${title(317)}》`, text: '重新公布。', publishedAt: '2026-08-02T01:00:00.000Z' })
    await delivery.copies.putArticle({ id: 501, title: title(318), site: 'nanjing', text: '别处的清单。', publishedAt: '2026-08-02T01:00:00.000Z' })
    await index(...[...ids, 500, 501].map(article))
    for (const id of [300, 309, 325, 339]) expect(found(await ask({ q: title(id) }))[0]).toBe(`articles/${id}`)
    expect(found(await ask({ q: title(317) }))[0]).toBe('articles/500')
    expect(found(await ask({ q: `《${title(318)}》` }))[0]).toBe('articles/501')
    const here = await ask({ q: title(318), site: 'suzhou-kunshan' })
    expect(found(here)[0]).toBe('articles/318')
    expect(new Set(found(here)).size).toBe(here.hits.length)
    for (const id of [...ids, 500, 501]) await delivery.copies.withdraw('articles', id)
    await index(...[...ids, 500, 501].map(article))
  })

  it('finds by title before text, with the words that matched apart', async () => {
    const answer = await ask({ q: '事业单位登记' })
    expect(answer).toMatchObject({ degraded: false, page: 1, pages: 1 })
    expect(found(answer)).toEqual(['policies/1', 'articles/2'])
    expect(answer.hits[0]).toMatchObject({
      sourceId: 'abc123', site: 'jiangsu', siteName: '江苏机构编制', documentNumber: '苏编〔2019〕12号', issuer: '省委编办', validity: 'amended', kind: 'policy',
      titleParts: [{ text: '江苏省', isMatch: false }, { text: '事业单位登记', isMatch: true }, { text: '管理办法', isMatch: false }],
    })
    expect(answer.hits[1]!.snippetParts).toContainEqual({ text: '事业单位登记', isMatch: true })
  })

  it('shows the passage that matched, far into a long text', async () => {
    const { hits: [hit] } = await ask({ q: '法人证书检验' })
    expect(hit!.snippetParts.map(({ text }) => text).join('')).toContain('法人证书每年检验')
  })

  it('counts and filters by site, city, kind, year, issuer and validity', async () => {
    const all = await ask({ q: '' })
    expect(found(all)).toEqual(['articles/3', 'articles/2', 'articles/1', 'policies/1'])
    expect(all.facets).toMatchObject({
      site: { nanjing: 1, 'suzhou-kunshan': 1, 'suzhou-taicang': 1, jiangsu: 1 }, city: { suzhou: 2, nanjing: 1 }, kind: { update: 3, policy: 1 },
      year: { 2026: 3, 2019: 1 }, issuer: { 省委编办: 1 }, validity: { amended: 1 },
    })
    expect(found(await ask({ city: 'suzhou' }))).toEqual(['articles/2', 'articles/1'])
    expect(found(await ask({ q: '事业单位', site: 'suzhou-kunshan' }))).toEqual(['articles/1'])
    expect(found(await ask({ year: '2019', kind: 'policy', issuer: '省委编办', validity: 'amended' }))).toEqual(['policies/1'])
    expect(await ask({ q: '事业单位', issuer: '"省委编办" OR kind = policy' })).toMatchObject({ total: 0, degraded: false })
  })

  it('finds a document number however it is written', async () => {
    expect(found(await ask({ q: '苏编〔2019〕12号' }))[0]).toBe('policies/1')
    expect(found(await ask({ q: '苏编[2019]12号' }))[0]).toBe('policies/1')
  })

  it.each([
    '"', '""事业单位', '-事业单位', '事业单位 -', "'; drop table x", '\\', '%', '《》', '<script>alert(1)</script>', '🙂', '\u0000编制', 'a'.repeat(500), '((((', '编制:*&|!',
  ])('takes any signs for what they are: %j', async (q) => {
    const answer = await ask({ q })
    expect(answer.degraded).toBe(false)
    if (q.includes('事业单位')) expect(answer.total).toBeGreaterThan(0)
    if (/^["%'《》\\(🙂]+$/u.test(q)) expect(answer.total).toBe(0)
  })

  it('finds something for a whole sentence of which no text has every word', async () => {
    expect(found(await ask({ q: '请问事业单位法人的登记证书丢失以后应当如何办理补发手续？' }))).toContain('policies/1')
  })

  it('has one document once, however often it is indexed, in its newest form', async () => {
    await delivery.copies.putArticle({ id: 4, title: '先前的题目', publishedAt: '2026-10-04T01:00:00.000Z' })
    await Promise.all([index(article(4)), index(article(4)), index(article(4), article(1))])
    await delivery.copies.putArticle({ id: 4, title: '后来的题目', publishedAt: '2026-10-04T01:00:00.000Z' })
    await Promise.all([index(article(4)), index(article(4))])
    expect(found(await ask({ q: '后来的题目' }))).toEqual(['articles/4'])
    expect((await ask({ q: '先前' })).total).toBe(0)
    expect(await countInIndex(stores.engine!)).toBe(5)
  })

  it('does not show a withdrawn document, not even before the index has heard of it', async () => {
    await delivery.copies.withdraw('articles', 4)
    expect((await ask({ q: '后来的题目' })).hits).toEqual([])
    await index(article(4))
    expect(await ask({ q: '后来的题目' })).toMatchObject({ total: 0, hits: [] })
    expect(await countInIndex(stores.engine!)).toBe(4)
  })

  it('builds the index anew beside the one that answers, and brings in what happened meanwhile', async () => {
    await delivery.copies.putArticle({ id: 5, title: '重建之中发布', publishedAt: '2026-10-05T01:00:00.000Z' })
    const steps: number[] = []
    const rebuilding = Array.from({ length: 2 }, () => reindex(stores, (done) => steps.push(done)))
    await delivery.copies.putArticle({ id: 6, title: '重建之后发布', publishedAt: '2026-10-06T01:00:00.000Z' })
    const results = await Promise.all(rebuilding)
    expect(results.filter((result) => result === null)).toHaveLength(1)
    await index(article(6))
    expect(found(await ask({ q: '发布' }))).toEqual(['articles/6', 'articles/5'])
    expect(steps.at(-1)).toBeGreaterThanOrEqual(5)
  })

  it('mends an index that lost its documents, and leaves a whole one alone', async () => {
    expect(await mendIndex(stores)).toBe('whole')
    await stores.engine!.index('documents').deleteAllDocuments().waitTask()
    expect(await mendIndex(stores)).toBe('mended')
    expect(found(await ask({ q: '岗位设置' }))).toEqual(['articles/3'])
    await stores.engine!.deleteIndex('documents').waitTask()
    expect(await mendIndex(stores)).toBe('mended')
    expect(found(await ask({ q: '岗位设置' }))).toEqual(['articles/3'])
  })

  it('waits for fresh jobs before it takes an index for short, but not for those that fail', async () => {
    await delivery.copies.putArticle({ id: 8, title: '等待索引的动态', publishedAt: '2026-09-08T01:00:00.000Z' })
    await delivery.copies.enqueue('articles', 8)
    expect(await mendIndex(stores)).toBe('busy')
    await delivery.copies.query("update graphile_worker._private_jobs set last_error = 'refused'")
    expect(await mendIndex(stores)).toBe('mended')
    expect(found(await ask({ q: '等待索引' }))).toEqual(['articles/8'])
    await delivery.copies.withdraw('articles', 8)
    await index(article(8))
  })

  describe('with the engine down', () => {
    beforeAll(() => engine.stop())

    it('answers from PostgreSQL, ranked and marked, and says so', async () => {
      const answer = await ask({ q: '事业单位登记' })
      expect(answer).toMatchObject({ degraded: true, facets: {} })
      expect(found(answer)).toEqual(['policies/1', 'articles/2'])
      expect(answer.hits[0]!.titleParts).toContainEqual({ text: '事业单位登记', isMatch: true })
      expect(delivery.faults).toContain('search-engine')
    })

    it('filters, lists the newest and pages as the engine does', async () => {
      expect(found(await ask({ q: '', city: 'suzhou', kind: 'update' }))).toEqual(['articles/6', 'articles/5', 'articles/2', 'articles/1'])
      expect(found(await ask({ q: '苏编〔2019〕12号' }))).toEqual(['policies/1'])
      expect(await ask({ q: '登记', page: '2' })).toMatchObject({ hits: [], page: 2 })
    })

    it.each(["'; drop table x", '\\', '《》', '编制:*&|!', '编', 'a'.repeat(300)])('takes any signs for what they are: %j', async (q) => {
      expect((await ask({ q })).degraded).toBe(q !== '《》' && q !== '\\')
    })

    it('finds something for a whole sentence', async () => {
      expect(found(await ask({ q: '请问事业单位法人的登记证书丢失以后应当如何办理补发手续？' })).length).toBeGreaterThan(0)
    })

    it('indexes into PostgreSQL all the same, and fails so that the job is done again', async () => {
      await delivery.copies.putArticle({ id: 7, title: '停机期间发布', publishedAt: '2026-10-07T01:00:00.000Z' })
      await expect(index(article(7))).rejects.toThrow('search engine unreachable')
      expect(found(await ask({ q: '停机期间' }))).toEqual(['articles/7'])
    })

    it('goes back to the engine when that is there again', async () => {
      await engine.start()
      await expect.poll(async () => (await ask({ q: '岗位设置' })).degraded, { timeout: 10_000 }).toBe(false)
    })
  })
})
