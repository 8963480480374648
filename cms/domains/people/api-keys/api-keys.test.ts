import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { richText } from '../../../testing/api.ts'
import { openTestOffices, type TestOffices, write } from '../../../testing/offices.ts'
import { type PersonKey, TEST_PASSWORD } from '../../../testing/people.ts'
import { type RestClient, restClient } from '../../../testing/rest.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const KUNSHAN = 'suzhou-kunshan'
const code = (answer: Awaited<ReturnType<RestClient['get']>>) => [answer.status, answer.body.errors?.[0]?.code]
const wanted = (more: Record<string, unknown> = {}) => ({ name: '政务数据对接', operations: ['read'], siteIds: [offices.sites[KUNSHAN]], days: 30, password: TEST_PASSWORD, ...more })
const make = async (person: PersonKey, more: Record<string, unknown> = {}) => (await offices.as(person)).post('/api/account/api-keys', wanted(more))
const column = (key: string, site = KUNSHAN) => offices.columns.get(`${site}/${key}`)
/** A program that shows the key, and nothing else. */
const program = (key: unknown) => {
  const client = restClient(offices.config)
  return (method: string, path: string, body?: unknown) => client.call(method, path, body, { authorization: `Bearer ${String(key)}` })
}
const text = (more: Record<string, unknown> = {}) => ({
  site: offices.sites[KUNSHAN], column: column('updates'), title: '程序写的稿件', summary: '摘要', keywords: ['清单'], body: richText('正文由程序写入。'), origin: { type: 'original' }, ...more })

describe('an API key', () => {
  it('is shown once and kept as a digest', async () => {
    const made = await make('editor')
    expect(made.status).toBe(201)
    const { key, id } = made.body as unknown as { key: string; id: number }
    expect(key).toMatch(/^jbk_[\w-]{43}$/)
    const [row] = await offices.rows<Record<string, unknown>>('select * from cluster.api_keys where id = $1', [id])
    expect(JSON.stringify(row)).not.toContain(key.slice(8))
    expect((await (await offices.as('editor')).get('/api/account/api-keys')).text).not.toContain(key.slice(8))
    expect(await offices.rows("select detail::text like '%jbk%' as told from cluster.audit where deed = 'make-api-key'")).toEqual([{ told: false }])
  })

  it('asks for the password and for duties that its maker has', async () => {
    expect(code(await make('editor', { password: 'falsch' }))).toEqual([422, 'wrong-password'])
    expect(code(await make('editor', { siteIds: [offices.sites.suzhou] }))).toEqual([403, 'outside-grants'])
    expect(code(await make('firstReviewer', { operations: ['write-drafts'], columnIds: [column('updates')] }))).toEqual([403, 'outside-grants'])
    expect(code(await make('securityAdmin'))).toEqual([403, 'outside-grants'])
    expect(code(await make('editor', { operations: ['write-drafts'] }))).toEqual([422, 'column-missing'])
    expect(code(await make('editor', { operations: ['write-drafts'], columnIds: [column('updates', 'suzhou')] }))).toEqual([422, 'column-elsewhere'])
    for (const more of [{ days: 366 }, { days: 0 }, { operations: ['everything'] }, { operations: [] }, { siteIds: [] }, { name: '' }]) expect((await make('editor', more)).status, JSON.stringify(more)).toBe(400)
  })

  it('reads its sites, and nothing else', async () => {
    const own = await write(offices)
    const elsewhere = await write(offices, {}, { by: 'sibling', site: 'suzhou-taicang' })
    const run = program((await make('subtree', { siteIds: [offices.sites[KUNSHAN]] })).body.key)
    expect((await run('GET', `/api/articles/${own.id}`)).status).toBe(200)
    // Its maker would see this one.
    expect((await (await offices.as('subtree')).get(`/api/articles/${elsewhere.id}`)).status).toBe(200)
    expect((await run('GET', `/api/articles/${elsewhere.id}`)).status).toBe(404)
    for (const [method, path] of [
      ['GET', '/api/letters'], ['GET', '/api/users'], ['GET', `/api/users/${offices.people.subtree.id}`], ['GET', '/api/account'], ['GET', '/api/account/api-keys'], ['POST', '/api/account/api-keys'],
      ['GET', '/api/inbox'], ['POST', '/api/articles'], ['PATCH', `/api/articles/${own.id}`], ['POST', `/api/articles/${own.id}/transitions`], ['GET', `/api/articles/${own.id}/versions`],
      ['POST', '/api/users/logout'], ['POST', '/api/media'],
    ] as const) {
      const answer = await run(method, path, method === 'GET' ? undefined : text())
      expect(method === 'POST' && path.endsWith('logout') ? 401 : answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(401)
      expect(answer.body.docs ?? [], `${method} ${path}`).toEqual([])
    }
  })

  it('writes drafts in its columns, and none of them further', async () => {
    const run = program((await make('editor', { operations: ['write-drafts'], columnIds: [column('updates')] })).body.key)
    const made = await run('POST', '/api/articles?depth=0', text())
    expect(made.status).toBe(201)
    expect(made.body.doc).toMatchObject({ state: 'draft', author: offices.people.editor.id })
    const { id, version } = made.body.doc!
    const changed = await run('PATCH', `/api/articles/${id}?depth=0`, { version, title: '程序改的稿件' })
    expect(changed.body.doc).toMatchObject({ title: '程序改的稿件', state: 'draft' })
    expect(code(await run('POST', '/api/articles', text({ column: column('notices') })))).toEqual([403, 'outside-key'])
    expect(code(await run('PATCH', `/api/articles/${id}`, { version: changed.body.doc!.version, column: column('notices') }))).toEqual([403, 'outside-key'])
    const other = await write(offices, {}, { column: 'notices' })
    expect(code(await run('PATCH', `/api/articles/${other.id}`, { version: other.version, title: '别的栏目' }))).toEqual([403, 'outside-key'])
    const submitted = await write(offices)
    expect((await (await offices.as('editor')).post(`/api/articles/${submitted.id}/transitions`, { action: 'submit', version: submitted.version })).status).toBe(200)
    expect((await run('PATCH', `/api/articles/${submitted.id}`, { version: submitted.version, title: '送审后改' })).status).toBe(403)
    expect((await run('POST', `/api/articles/${id}/transitions`, { action: 'submit', version: changed.body.doc!.version })).status).toBe(401)
    expect((await run('PATCH', '/api/articles?where[id][exists]=true', { title: '全部' })).status).toBeGreaterThanOrEqual(400)
  })

  it('loses what its maker loses', async () => {
    const made = await make('everything', { operations: ['read'] })
    const run = program(made.body.key)
    const document = await write(offices)
    expect((await run('GET', `/api/articles/${document.id}`)).status).toBe(200)
    await (await offices.as('securityAdmin')).patch(`/api/users/${offices.people.everything.id}`, { grants: [] })
    expect((await run('GET', `/api/articles/${document.id}`)).status).toBe(404)
  })

  it('opens nothing when it is revoked, out of date or made up', async () => {
    const keys = await Promise.all([1, 2, 3].map(() => make('secondEditor')))
    const [one, two, three] = keys.map(({ body }) => ({ id: Number(body.id), run: program(body.key) }))
    expect((await one!.run('GET', '/api/articles')).status).toBe(200)
    expect((await (await offices.as('editor')).post(`/api/account/api-keys/${one!.id}/revoke`)).status).toBe(404)
    expect((await (await offices.as('secondEditor')).post(`/api/account/api-keys/${one!.id}/revoke`)).status).toBe(200)
    expect((await (await offices.as('citySecurityAdmin')).post(`/api/security/api-keys/${two!.id}/revoke`)).status).toBe(200)
    await offices.rows("update cluster.api_keys set expires_at = now() - interval '1 second' where id = $1", [three!.id])
    for (const { run } of [one!, two!, three!, { run: program(`jbk_${'A'.repeat(43)}`) }]) expect((await run('GET', '/api/articles')).status).toBe(401)
    expect((await (await offices.as('siteAdmin')).get('/api/security/api-keys')).status).toBe(403)
  })

  it('is no way round a session that was refused', async () => {
    const client = await offices.as('editor')
    expect((await client.call('GET', '/api/articles', undefined, { authorization: 'Bearer jbk_nothing' })).status).toBe(401)
  })
})
