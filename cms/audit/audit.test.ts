import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOffices, type TestOffices, write } from '../testing/offices.ts'
import { type PersonKey, TEST_PASSWORD } from '../testing/people.ts'
import { signInOverRest } from '../testing/rest.ts'
import { receiveLetter } from '../domains/interaction/letters/receive.ts'
import { ANONYMOUS_PER_MINUTE } from './anonymous-allowance.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const KUNSHAN = 'suzhou-kunshan'
const SENDER = { name: '欧阳建国', contact: '13951234567' }
type Row = {
  id: string; person_id: number | null; person_name: string; person_email: string | null; duty: string | null; deed: string; collection: string; document_id: number
  version: number | null; site: string | null; is_refused: boolean; reason: string | null; address: string | null; request_id: string | null; detail: Record<string, unknown>
}
const last = async (where: string, values: unknown[] = []) => (await offices.rows<Row>(`select * from cluster.audit where ${where} order by id desc limit 1`, values))[0]
const lastId = async () => Number((await offices.rows<{ id: string | null }>('select max(id) as id from cluster.audit'))[0]?.id ?? 0)
const since = (id: number) => offices.rows<Row>('select * from cluster.audit where id > $1 order by id', [id])

async function letterId(): Promise<number> {
  await receiveLetter(offices.payload, {
    site: KUNSHAN, kind: 'inquiry', title: '编制问题', text: '请问编制核定后多久公布？', name: SENDER.name, contact: SENDER.contact, mayPublish: true,
  } as never, { now: new Date(), secret: 'x'.repeat(32) })
  return (await offices.rows<{ id: number }>('select id from letters order by id desc limit 1'))[0]!.id
}

describe('the audit log', () => {
  it('says of a save who, in what duty, on what, in which version, from where and under which request', async () => {
    const document = await write(offices)
    expect(await last("deed = 'create' and collection = 'articles' and document_id = $1", [document.id])).toMatchObject({
      person_id: offices.people.editor.id, person_email: offices.people.editor.email, duty: 'editor', version: 1, site: KUNSHAN, is_refused: false, reason: null })
    const answer = await (await offices.as('editor')).call('PATCH', `/api/articles/${document.id}`, { version: document.version, title: '改过的标题' }, {
      'x-request-id': 'request-from-portal-7', 'x-forwarded-for': '203.0.113.9, 10.1.2.3' })
    expect(answer.status).toBe(200)
    expect(await last("deed = 'update' and collection = 'articles' and document_id = $1", [document.id])).toMatchObject({
      version: document.version + 1, request_id: 'request-from-portal-7', address: '10.1.2.3', detail: { fields: ['title'] } })
  })

  it('takes no request id that could be more than an id', async () => {
    const document = await write(offices)
    for (const given of ['a b', 'x'.repeat(65), 'short', '"},{"', 'Ünïcode-long-enough'.normalize('NFD').replace(/[^\x20-\x7e]/g, '?')]) {
      await (await offices.as('editor')).call('PATCH', `/api/articles/${document.id}`, { version: 99, title: 'x' }, { 'x-request-id': given })
      expect((await last("collection = 'articles' and document_id = $1", [document.id]))?.request_id).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it.each([
    ['403, outside the grants', 'sibling', (id: number) => ({ method: 'PATCH', path: `/api/articles/${id}`, body: { version: 1, title: 'x' } }), ['update', 'forbidden']],
    ['409, on an old version', 'editor', (id: number) => ({ method: 'PATCH', path: `/api/articles/${id}`, body: { version: 99, title: 'x' } }), ['update', 'stale-version']],
    ['400, without a version', 'editor', (id: number) => ({ method: 'PATCH', path: `/api/articles/${id}`, body: { title: 'x' } }), ['update', 'version-required']],
    ['403, a deletion', 'siteAdmin', (id: number) => ({ method: 'DELETE', path: `/api/articles/${id}`, body: undefined }), ['delete', 'forbidden']],
    ['a transition by the wrong person', 'firstReviewer', (id: number) => ({ method: 'POST', path: `/api/articles/${id}/transitions`, body: { action: 'submit', version: 1 } }), ['submit', null]],
  ] as const)('keeps a refused write (%s), once, though its transaction is gone', async (_, person, request, [deed, reason]) => {
    const document = await write(offices)
    const before = await lastId()
    const { method, path, body } = request(document.id)
    const answer = await (await offices.as(person)).call(method, path, body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const rows = await since(before)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ deed, is_refused: true, person_id: offices.people[person].id, document_id: document.id, site: KUNSHAN, ...(reason === null ? {} : { reason }) })
  })

  it('keeps what anonymous people were refused, but lets nobody fill it', async () => {
    const before = await lastId()
    for (let round = 0; round < ANONYMOUS_PER_MINUTE + 15; round += 1) await offices.anonymous.patch('/api/users/1', { name: 'x' })
    const rows = await since(before)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.length).toBeLessThanOrEqual(ANONYMOUS_PER_MINUTE + 1)
    expect(rows[0]).toMatchObject({ is_refused: true, person_id: null, collection: 'users', document_id: 1 })
  })

  it('knows every sign-in: done, refused, locked, and its end', async () => {
    const email = offices.people.deputy.email
    const id = offices.people.deputy.id
    const client = await signInOverRest(offices.config, { email, password: TEST_PASSWORD })
    expect(await last("deed = 'sign-in'")).toMatchObject({ person_id: id, person_email: email, document_id: id, is_refused: false, site: KUNSHAN })
    expect((await client.post('/api/users/logout')).status).toBe(200)
    expect(await last("deed = 'sign-out'")).toMatchObject({ person_id: id, person_email: email })
    await offices.anonymous.post('/api/users/login', { email, password: 'Wrong-Password-1' })
    expect(await last("deed = 'sign-in'")).toMatchObject({ person_id: null, document_id: id, is_refused: true, reason: 'wrong-password' })
    for (let round = 0; round < 5; round += 1) await offices.anonymous.post('/api/users/login', { email, password: 'Wrong-Password-1' })
    expect(await last("deed = 'sign-in'")).toMatchObject({ document_id: id, is_refused: true, reason: 'locked' })
  })

  it('keeps of an address that no account has only a digest: people type their passwords there', async () => {
    const typed = 'my-secret-password@example.org'
    await offices.anonymous.post('/api/users/login', { email: typed, password: 'x' })
    const [row, again] = [await last("deed = 'sign-in'"), (await offices.anonymous.post('/api/users/login', { email: typed, password: 'y' }), await last("deed = 'sign-in'"))]
    expect(JSON.stringify(row)).not.toContain('my-secret')
    expect(row!.detail.tried).toMatch(/^[0-9a-f]{16}$/)
    expect(again!.detail).toEqual(row!.detail)
    expect(again!.id).not.toBe(row!.id)
  })

  it('says which duties an account was given and lost', async () => {
    const client = await offices.as('securityAdmin')
    const id = offices.people.nobody.id
    await client.patch(`/api/users/${id}`, { grants: [{ duty: 'editor', site: offices.sites[KUNSHAN] }] })
    expect(await last("deed = 'change-duties'")).toMatchObject({
      document_id: id, person_email: offices.people.securityAdmin.email, detail: { given: [{ duty: 'editor', site: offices.sites[KUNSHAN] }], taken: [] } })
    await client.patch(`/api/users/${id}`, { grants: [] })
    expect(await last("deed = 'change-duties'")).toMatchObject({ detail: { given: [], taken: [{ duty: 'editor' }] } })
  })

  it('is told of configuration: columns and sites', async () => {
    const made = await (await offices.as('siteAdmin')).post('/api/columns', { site: offices.sites[KUNSHAN], key: 'local-news', name: '本地动态', kind: 'update', description: '本地工作动态', order: 90 })
    expect(made.status).toBe(201)
    expect(await last("collection = 'columns'")).toMatchObject({ deed: 'create', site: KUNSHAN, duty: 'site-admin' })
    await (await offices.as('siteAdmin')).delete(`/api/columns/${made.body.doc!.id}`)
    expect(await last("collection = 'columns'")).toMatchObject({ deed: 'delete', document_id: made.body.doc!.id })
  })
})

describe('personal data', () => {
  it('is not read without a trace: one letter, a list, and not by those who are shown none', async () => {
    const id = await letterId()
    const read = async (person: PersonKey, path: string) => {
      const before = await lastId()
      const answer = await (await offices.as(person)).get(path)
      expect(answer.status).toBe(200)
      return { rows: await since(before), text: answer.text }
    }
    const one = await read('editor', `/api/letters/${id}`)
    expect(one.text).toContain(SENDER.contact)
    expect(one.rows).toMatchObject([{ deed: 'read-personal-data', collection: 'letters', document_id: id, site: KUNSHAN, person_id: offices.people.editor.id, detail: { fields: ['senderName', 'senderContact'] } }])
    const list = await read('editor', '/api/letters?limit=10')
    expect(list.rows).toHaveLength(1)
    expect(list.text).toContain(SENDER.name)
    // Whoever is shown the letter without its sender has read nothing of the kind.
    const bare = await read('siteAdmin', `/api/letters/${id}`)
    expect(bare.text).not.toContain(SENDER.contact)
    expect(bare.rows).toEqual([])
    expect((await read('editor', `/api/letters/${id}?select[title]=true`)).rows).toEqual([])
  })

  it('stands in no row, whatever was done with it', async () => {
    const id = await letterId()
    const editor = await offices.as('editor')
    const { version } = (await editor.get(`/api/letters/${id}`)).body as { version: number }
    await editor.patch(`/api/letters/${id}`, { version, answer: `${SENDER.name}，您好：请打 ${SENDER.contact}。` })
    await editor.patch(`/api/letters/${id}`, { version, answer: `${SENDER.name}再答` })
    await (await offices.as('sibling')).patch(`/api/letters/${id}`, { version, senderName: SENDER.name })
    await editor.post(`/api/letters/${id}/transitions`, { action: 'submit', version: version + 1, reason: `${SENDER.name} ${SENDER.contact}` })
    await editor.post('/api/letters', { senderName: SENDER.name, senderContact: SENDER.contact })
    await offices.anonymous.post('/api/users/login', { email: SENDER.contact, password: SENDER.name })
    await offices.anonymous.post('/api/users/login', { email: 'ouyang.jianguo@mail.example', password: 'x' })
    const everything = JSON.stringify(await offices.rows('select * from cluster.audit'))
    for (const secret of [SENDER.name, SENDER.contact, 'ouyang.jianguo']) expect(everything).not.toContain(secret)
    expect(everything).toContain('read-personal-data')
  })
})

it('a step of the review chain names its site, its version and the duties of whoever took it', async () => {
  const document = await write(offices)
  await (await offices.as('editor')).post(`/api/articles/${document.id}/transitions`, { action: 'submit', version: document.version })
  expect(await last("collection = 'articles' and document_id = $1", [document.id])).toMatchObject({
    deed: 'submit', site: KUNSHAN, version: document.version, duty: 'editor', is_refused: false, detail: { from: 'draft', to: 'first-review' } })
  await (await offices.as('secondReviewer')).post(`/api/articles/${document.id}/transitions`, { action: 'approve', version: document.version })
  expect(await last("collection = 'articles' and document_id = $1", [document.id])).toMatchObject({
    deed: 'approve', site: KUNSHAN, duty: 'second-reviewer', is_refused: true, reason: 'duty-missing' })
})
