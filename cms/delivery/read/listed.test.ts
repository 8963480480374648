import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentAnswerSchema } from '@cluster/shared/delivery/api'
import { openTestDelivery, type TestDelivery } from '../../testing/delivery.ts'

/** As many documents as a cluster has after some years, and a tenth of them placed on each county. */
const DOCUMENTS = 64_000
const SITE = 'suzhou-kunshan'

let delivery: TestDelivery
beforeAll(async () => {
  delivery = await openTestDelivery()
  const { query } = delivery.copies
  await query(`
    insert into delivery.records (collection, id, site, column_key, kind, title, title_key, published_at, changed_at, entry, record)
    select 'articles', n, (array['jiangsu', 'nanjing', 'suzhou', 'suzhou-kunshan', 'suzhou-taicang'])[1 + n % 5], (array['updates', 'notices', 'frontier'])[1 + n % 3],
      'update', 'title ' || n, 'title' || n % 1000, timestamptz '2026-01-01' + n * interval '1 minute', now(), jsonb_build_object('id', n), '{}'
    from generate_series(1, ${DOCUMENTS}) as n`)
  await query(`
    insert into delivery.placements (collection, id, site, column_key, kind, mode, title_key, published_at, changed_at, entry, placed_at)
    select collection, id, '${SITE}', column_key, kind, 'mandatory', title_key, published_at, changed_at, entry || '{"placedOn": "${SITE}"}', now()
    from delivery.records where id % 10 = 0`)
  await query('analyze delivery.records')
  await query('analyze delivery.placements')
}, 60_000)
afterAll(() => delivery.close())

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }
/** The kinds of steps that PostgreSQL takes, and the tables that it reads from end to end. */
async function stepsOf(question: string): Promise<{ kinds: string[]; readWhole: string[] }> {
  const { rows: [row] } = await delivery.copies.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${question}`)
  const all: Plan[] = []
  const walk = (plan: Plan) => { all.push(plan); plan.Plans?.forEach(walk) }
  walk(row!['QUERY PLAN'][0].Plan)
  return { kinds: all.map((plan) => plan['Node Type']), readWhole: all.flatMap((plan) => (plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : [])) }
}

describe('what a site lists, its own and what was placed on it', () => {
  it.each([
    ['the newest of a column', `select entry from delivery.listed where site = '${SITE}' and column_key = 'notices' order by published_at desc, id desc limit 8`],
    ['the newest of the site', `select entry from delivery.listed where site = '${SITE}' order by published_at desc, id desc limit 30`],
    ['the document before another', `select entry from delivery.listed where site = '${SITE}' and column_key = 'notices'
      and (published_at, id) < (timestamptz '2026-01-20', 20000) order by published_at desc, id desc limit 1`],
    ['the document after another', `select entry from delivery.listed where site = '${SITE}' and column_key = 'notices'
      and (published_at, id) > (timestamptz '2026-01-20', 20000) order by published_at, id limit 1`],
  ])('%s is found in the order of both indexes', async (_, question) => {
    const { kinds, readWhole } = await stepsOf(question)
    expect(kinds).toContain('Merge Append')
    expect(kinds).not.toContain('Sort')
    expect(readWhole).toEqual([])
  })

  it.each([
    ['texts of the same title', `select entry from delivery.listed where site = '${SITE}' and title_key = 'title10' and collection = 'articles'`],
    ['one document', `select mode from delivery.listed where site = '${SITE}' and collection = 'articles' and id = 10`],
  ])('%s: by index', async (_, question) => expect((await stepsOf(question)).readWhole).toEqual([]))

  it('counts and pages both together, each once', async () => {
    const [page, last] = [await delivery.get(`/v1/sites/${SITE}/columns/notices`), await delivery.get(`/v1/sites/${SITE}/columns/notices?page=3`)]
    const { rows: [held] } = await delivery.copies.query<{ total: number }>(`select count(*)::int as total from delivery.listed where site = '${SITE}' and column_key = 'notices'`)
    expect(page.json.total).toBe(held!.total)
    const ids = [page, last].flatMap(({ json }) => (json.entries as Array<{ id: number }>).map(({ id }) => id))
    expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => other - one))
  })
})

describe('a placed document on the site that shows it', () => {
  it('has the neighbours of that site\'s column, and a tombstone there when it is withdrawn', async () => {
    const { copies, get } = delivery
    await copies.putArticle({ id: 100_000, title: '昆山更早的通告', site: SITE, column: 'notices', publishedAt: '2026-10-31T01:00:00.000Z' })
    await copies.putArticle({ id: 100_001, title: '苏州的通告', site: 'suzhou', column: 'notices', publishedAt: '2026-11-01T01:00:00.000Z' })
    await copies.putArticle({ id: 100_002, title: '昆山的通告', site: SITE, column: 'notices', publishedAt: '2026-11-02T01:00:00.000Z' })
    await copies.query(`insert into delivery.placements select collection, id, '${SITE}', column_key, kind, 'adopted', title_key, published_at, changed_at, entry, now()
      from delivery.records where id = 100001`)
    const shown = documentAnswerSchema.parse((await get(`/v1/sites/${SITE}/documents/articles/100001`)).json)
    expect(shown).toMatchObject({ previous: { id: 100_000 }, next: { id: 100_002 }, placement: { mode: 'adopted', column: { key: 'notices', name: '通知公告' } } })
    expect(documentAnswerSchema.parse((await get(`/v1/sites/${SITE}/documents/articles/100002`)).json)).toMatchObject({ previous: { id: 100_001 } })
    expect((await get('/v1/sites/nanjing/documents/articles/100001')).status).toBe(404)
    await copies.withdraw('articles', 100_001)
    // Its placements go with it.
    expect((await get(`/v1/sites/${SITE}/documents/articles/100001`)).status).toBe(404)
    await copies.query(`insert into delivery.tombstone_sites values ('articles', 100001, '${SITE}', 'notices')`)
    expect(documentAnswerSchema.parse((await get(`/v1/sites/${SITE}/documents/articles/100001`)).json)).toMatchObject({ state: 'withdrawn', placement: { column: { name: '通知公告' } } })
    expect(documentAnswerSchema.parse((await get('/v1/sites/suzhou/documents/articles/100001')).json)).not.toHaveProperty('placement')
  })
})
