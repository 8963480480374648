import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APPEND_ONLY_TABLES } from '../cli/append-only.ts'
import { forgetSiteTree } from '../access/site-tree-cache.ts'
import { richText } from '../testing/api.ts'
import { act, openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import type { Answer, RestDocument } from '../testing/rest.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const patch = async (document: { id: number }, data: Record<string, unknown>, person: Parameters<TestOffices['as']>[0] = 'editor'): Promise<Answer> =>
  (await offices.as(person)).patch(`/api/articles/${document.id}?depth=0`, data)
const read = async (document: { id: number }): Promise<RestDocument> =>
  (await (await offices.as('editor')).get(`/api/articles/${document.id}?depth=0`)).body as unknown as RestDocument
const codeOf = ({ body }: Answer) => body.errors?.[0]?.data?.code ?? body.errors?.[0]?.code

type Version = { id: number; version: number; isRefused: boolean; personName: string }
async function versions(document: { id: number }): Promise<Array<Version & { title: string }>> {
  const editor = await offices.as('editor')
  const { versions: listed } = (await editor.get(`/api/articles/${document.id}/versions`)).body as unknown as { versions: Version[] }
  return Promise.all(listed.map(async (version) => {
    const { snapshot } = (await editor.get(`/api/articles/${document.id}/versions/${version.id}`)).body as unknown as { snapshot: { title: string } }
    return { ...version, title: snapshot.title }
  }))
}

describe('parallel saves', () => {
  it('of ten made on one version one wins, nine answer 409, and all ten texts can be found again', async () => {
    const document = await write(offices)
    const titles = Array.from({ length: 10 }, (_, index) => `并行修改${index}`)
    const answers = await Promise.all(titles.map((title) => patch(document, { version: document.version, title })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
    expect(new Set(answers.filter(({ status }) => status === 409).map(codeOf))).toEqual(new Set(['stale-version']))
    const kept = await versions(document)
    expect(kept.map(({ title }) => title).sort()).toEqual([...titles, document.title].sort())
    expect(kept.filter(({ isRefused }) => isRefused)).toHaveLength(9)
    const winner = titles[answers.findIndex(({ status }) => status === 200)]
    expect(await read(document)).toMatchObject({ title: winner, version: 2 })
    // Each loser is told by which number its text is found.
    const refused = answers.flatMap(({ body }) => body.errors?.[0]?.data?.refusedVersion ?? [])
    expect([...refused].sort()).toEqual(kept.filter(({ isRefused }) => isRefused).map(({ id }) => id).sort())
  })

  it('more of them than there are connections still come to an end', async () => {
    const document = await write(offices)
    forgetSiteTree(offices.payload)
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => patch(document, { version: document.version, title: `拥挤${index}` })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(39)
    expect(await versions(document)).toHaveLength(41)
  })

  it('and a submission on one version leave a text that is what was signed, or a draft', async () => {
    const document = await write(offices)
    const [saved, submitted] = await Promise.all([patch(document, { version: 1, title: '与提交同时保存' }), act(offices, 'secondEditor', 'submit', document)])
    const now = await read(document)
    expect([saved.status, submitted.status].filter((status) => status === 200).length).toBeGreaterThanOrEqual(1)
    if (saved.status === 200) expect(now).toMatchObject({ state: 'draft', version: 2, title: '与提交同时保存' })
    else expect(now).toMatchObject({ state: 'first-review', version: 1, title: document.title })
  })
})

describe('a save', () => {
  it('without a version is refused, and says what to do', async () => {
    const document = await write(offices)
    const answer = await patch(document, { title: '没有版本号' })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'version-required'])
    expect(answer.body.errors?.[0]?.message).toContain('刷新')
    for (const version of ['1', null, 1.5, 0, -1]) expect((await patch(document, { version, title: '坏版本号' })).status).toBeGreaterThanOrEqual(400)
    expect(await read(document)).toMatchObject({ title: document.title, version: 1 })
  })

  it('cannot set what the chain keeps', async () => {
    const document = await write(offices, { state: 'published', version: 17, isLive: true, publishedAt: '2001-01-01T00:00:00.000Z', createdAt: '2001-01-01T00:00:00.000Z', author: offices.people.sibling.id })
    expect(document).toMatchObject({ state: 'draft', version: 1, isLive: false, publishedAt: null, author: offices.people.editor.id })
    const answer = await patch(document, {
      version: 1, isLive: true, publishedAt: '2001-01-01T00:00:00.000Z', createdAt: '2001-01-01T00:00:00.000Z', updatedAt: '2001-01-01T00:00:00.000Z',
      scheduledFor: '2001-01-01T00:00:00.000Z', reviewDueAt: '2001-01-01T00:00:00.000Z', author: offices.people.sibling.id, id: 4711 })
    expect(answer.status).toBe(200)
    expect(answer.body.doc).toMatchObject({ id: document.id, state: 'draft', isLive: false, publishedAt: null, scheduledFor: null, reviewDueAt: null, author: offices.people.editor.id })
    expect(JSON.stringify(await read(document))).not.toContain('2001-01-01')
  })

  it('that names another state than the present one is refused like a stale one, and kept', async () => {
    const document = await write(offices)
    const answer = await patch(document, { version: 1, state: 'published', title: '改状态' })
    expect([answer.status, codeOf(answer)]).toEqual([409, 'stale-version'])
    expect((await versions(document)).map(({ title, isRefused }) => [title, isRefused])).toContainEqual(['改状态', true])
    expect((await read(document)).state).toBe('draft')
  })

  it('of many texts at once is refused, with or without the state', async () => {
    const documents = [await write(offices), await write(offices)]
    const editor = await offices.as('editor')
    const where = `where[id][in]=${documents.map(({ id }) => id).join(',')}`
    for (const data of [{ state: 'published', version: 1 }, { version: 1, title: '批量' }]) {
      const answer = await editor.patch(`/api/articles?${where}`, data)
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
    for (const document of documents) expect(await read(document)).toMatchObject({ state: 'draft', title: document.title, version: 1 })
  })

  it('by the Local API past all access rules cannot change the state either', async () => {
    const document = await write(offices)
    await review(offices, document, 1)
    const saved = await offices.payload.update({ collection: 'articles', id: document.id, overrideAccess: true, depth: 0, data: { version: 1, isLive: true, publishedAt: '2001-01-01T00:00:00.000Z' } })
    expect(saved).toMatchObject({ state: 'draft', isLive: false, publishedAt: null, version: 2 })
    await expect(offices.payload.update({ collection: 'articles', id: document.id, overrideAccess: true, data: { version: 2, state: 'published' } })).rejects.toMatchObject({ status: 409 })
    await expect(offices.payload.update({ collection: 'articles', id: document.id, overrideAccess: true, data: { title: '无版本' } })).rejects.toMatchObject({ status: 400 })
    expect(await offices.payload.create({ collection: 'articles', overrideAccess: true, depth: 0, data: { site: offices.sites['suzhou-kunshan'], title: '系统写入', state: 'published', version: 9, isLive: true } }))
      .toMatchObject({ state: 'draft', version: 1, isLive: false })
  })

  it('by the Local API of several texts in different states keeps each at its own version and its own release time', async () => {
    const published = await write(offices, { title: '已发布再更正' })
    await review(offices, published)
    expect((await act(offices, 'editor', 'correct', published, { reason: '数字有误，需要更正' })).status).toBe(200)
    const fresh = await write(offices, { title: '新写的' })
    await offices.payload.update({ collection: 'articles', where: { id: { in: [published.id, fresh.id] } }, overrideAccess: true, data: { version: 1, summary: '一起修改' } })
    expect(await read(published)).toMatchObject({ isLive: true, summary: '一起修改', publishedAt: expect.any(String), version: 2 })
    expect(await read(fresh)).toMatchObject({ isLive: false, summary: '一起修改', publishedAt: null, version: 2 })
  })

  it('of a published or withdrawn text is refused, and the words are kept', async () => {
    const document = await write(offices)
    await review(offices, document)
    const answer = await patch(document, { version: 1, title: '偷偷修改' })
    expect([answer.status, codeOf(answer)]).toEqual([409, 'not-editable'])
    expect(answer.body.errors?.[0]?.message).toContain('更正')
    expect((await versions(document)).map(({ title }) => title)).toContain('偷偷修改')
    expect((await act(offices, 'finalReviewer', 'withdraw', document, { reason: '内容有误，予以撤下' })).status).toBe(200)
    expect((await patch(document, { version: 1, title: '撤稿后修改' })).status).toBe(409)
    expect(await read(document)).toMatchObject({ title: document.title, state: 'withdrawn' })
  })

  it('with an old text brings back the words and nothing of the state', async () => {
    const document = await write(offices, { title: '第一稿' })
    await review(offices, document)
    await act(offices, 'editor', 'correct', document, { reason: '数字有误，需要更正' })
    expect((await patch(document, { version: 1, title: '第二稿' })).status).toBe(200)
    const editor = await offices.as('editor')
    const [old] = (await versions(document)).filter(({ title }) => title === '第一稿')
    const { snapshot } = (await editor.get(`/api/articles/${document.id}/versions/${old!.id}`)).body as unknown as { snapshot: Record<string, unknown> }
    for (const field of ['state', 'version', 'isLive', 'publishedAt', 'author', 'site', 'createdAt']) expect(snapshot).not.toHaveProperty(field)
    const restored = await patch(document, { ...snapshot, version: 2 })
    expect(restored.body.doc).toMatchObject({ title: '第一稿', state: 'draft', version: 3, isLive: true })
    expect((await editor.post(`/api/articles/versions/${old!.id}`)).status).toBeGreaterThanOrEqual(400)
  })
})

describe('an edit after a sign-off', () => {
  const STATES = ['first-review', 'second-review', 'final-review'] as const
  it.each(STATES.map((state, index) => [state, index + 1] as const))('in %s voids the chain and keeps what had been signed', async (state, steps) => {
    const document = await write(offices)
    await review(offices, document, steps)
    expect((await read(document)).state).toBe(state)
    const answer = await patch(document, { version: 1, body: richText('签批之后改动了正文，原来的签批不再算数。') }, 'firstReviewer')
    expect(answer.body.doc).toMatchObject({ state: 'draft', version: 2, author: offices.people.firstReviewer.id })
    const signOffs = await offices.rows<{ link: string; cause: string | null; person: string }>(
      `select link, cause, person_name as person from cluster.sign_offs left join cluster.voided_sign_offs on sign_off_id = id where collection = 'articles' and document_id = $1 order by id`, [document.id])
    expect(signOffs).toHaveLength(steps)
    expect(new Set(signOffs.map(({ cause }) => cause))).toEqual(new Set(['edited']))
    const chain = await (await offices.as('editor')).get(`/api/articles/${document.id}/chain`)
    expect(chain.body).toMatchObject({ state: 'draft', signOffs: [], version: 2 })
    // Nobody goes on with the chain of the old words.
    expect((await act(offices, 'secondReviewer', 'approve', { ...document, version: 2 })).status).toBe(409)
    // Nor may whoever wrote a part of the new ones review them.
    const next = { ...document, version: 2 }
    await review(offices, next, 1)
    expect((await act(offices, 'firstReviewer', 'approve', next)).status).toBe(403)
    for (const person of ['everything', 'secondReviewer', 'finalReviewer'] as const) expect((await act(offices, person, 'approve', next)).status, person).toBe(200)
    expect((await read(document)).state).toBe('published')
  })

  it('while it waits for its time takes it from the calendar', async () => {
    const document = await write(offices)
    await review(offices, document, 3)
    const at = new Date(Date.now() + 3_600_000).toISOString()
    expect((await act(offices, 'finalReviewer', 'schedule', document, { at })).status).toBe(200)
    const jobs = () => offices.rows('select key from graphile_worker.jobs where key = $1', [`release:articles/${document.id}`])
    expect(await jobs()).toHaveLength(1)
    expect((await patch(document, { version: 1, title: '定时期间改动' })).body.doc).toMatchObject({ state: 'draft', scheduledFor: null })
    expect(await jobs()).toHaveLength(0)
  })
})

describe('what is written once', () => {
  /** A row that nothing in this file brings about, so that there is something to be changed. */
  async function fillWhenEmpty(table: string): Promise<void> {
    if ((await offices.rows(`select 1 from ${table} limit 1`)).length > 0) return
    const columns = await offices.rows<{ name: string; type: string }>(`
      select quote_ident(attname) as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and attnotnull and not atthasdef and attidentity = '' and not attisdropped`, [table])
    const values: Record<string, string> = { integer: '1', bigint: '1', boolean: 'false', jsonb: `'{}'`, 'timestamp with time zone': 'now()', date: 'current_date' }
    const filled = columns.map(({ type }) => values[type] ?? (type.endsWith('[]') ? `'{}'` : `'x'`))
    const checks = await offices.rows<{ name: string }>(`select quote_ident(conname) as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`, [table])
    for (const { name } of checks) await offices.rows(`alter table ${table} drop constraint ${name}`)
    await offices.rows('set session_replication_role = replica')
    await offices.rows(`insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values (${filled.join(', ')})`)
    await offices.rows('set session_replication_role = origin')
  }

  beforeAll(async () => {
    const document = await write(offices)
    await review(offices, document)
    await patch(document, { version: 1, title: '被拒绝' })
    await act(offices, 'editor', 'correct', document, { reason: '数字有误，需要更正' })
  })

  it.each(APPEND_ONLY_TABLES)('%s refuses changes even to the owner of the database', async (table) => {
    await fillWhenEmpty(table)
    const [column] = await offices.rows<{ attname: string }>(
      `select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and attidentity = '' and not attisdropped limit 1`, [table])
    const owner = new Client({ connectionString: offices.database.env.DATABASE_OWNER_URL })
    await owner.connect()
    try {
      for (const statement of [`update ${table} set ${column!.attname} = ${column!.attname}`, `delete from ${table}`, `truncate ${table} cascade`]) {
        await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' })
        await expect(offices.rows(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
    } finally {
      await owner.end()
    }
  })
})
