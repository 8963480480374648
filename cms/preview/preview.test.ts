import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentRecordSchema, type DocumentRecord } from '@cluster/shared/delivery/records'
import { openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import type { Answer } from '../testing/rest.ts'
import { makePreviewToken } from './token.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const open = (token: unknown, key = offices.database.env.INTAKE_KEY!): Promise<Answer> =>
  offices.anonymous.call('POST', '/api/intake/preview', { token }, { 'x-intake-key': key })
const tokenFor = (target: { collection: 'articles' | 'policies' | 'letters'; id: number }, now = new Date()) => makePreviewToken(target, { secret: offices.database.env.PREVIEW_SECRET!, now })

describe('a preview', () => {
  it('shows the text as it would be published, on the site’s own address', async () => {
    const document = await write(offices, { title: '还没有发布的稿件' })
    const link = (await (await offices.as('editor')).get(`/api/articles/${document.id}/preview-link`)).body.url
    expect(link).toMatch(new RegExp(`^http://suzhou-kunshan\\.localhost:${offices.database.ports.portal}/preview/[\\w.-]+/$`))
    const answer = await open(String(link).split('/').at(-2))
    expect(answer.status).toBe(200)
    const record = documentRecordSchema.parse(answer.body.record) as DocumentRecord
    expect(record).toMatchObject({ collection: 'articles', id: document.id, site: 'suzhou-kunshan', content: { title: '还没有发布的稿件' } })
  })

  it('leaves nothing behind for the public', async () => {
    const document = await write(offices)
    await open(tokenFor({ collection: 'articles', id: document.id }))
    for (const table of ['records', 'files', 'links']) expect(await offices.rows(`select 1 from delivery.${table}`), table).toEqual([])
    expect(await offices.rows('select state from articles where id = $1', [document.id])).toEqual([{ state: 'draft' }])
  })

  it('shows half a text as well, in each collection', async () => {
    const editor = await offices.as('editor')
    const half = await editor.post('/api/articles?depth=0', { site: offices.sites['suzhou-kunshan'], title: ' ' })
    const policy = await editor.post('/api/policies?depth=0', { site: offices.sites['suzhou-kunshan'], title: '半篇政策' })
    for (const [collection, { body }] of [['articles', half], ['policies', policy]] as const) {
      const answer = await open(tokenFor({ collection, id: body.doc!.id }))
      expect([answer.status, documentRecordSchema.parse(answer.body.record).id], collection).toEqual([200, body.doc!.id])
    }
  })

  it('shows who has signed so far', async () => {
    const document = await write(offices)
    await review(offices, document, 2)
    const { body } = await open(tokenFor({ collection: 'articles', id: document.id }))
    expect(documentRecordSchema.parse(body.record).disclosure.chain.map(({ link }) => link)).toEqual(['draft', 'first-review'])
  })

  it('is refused with an old, altered or foreign token, or none, and says what to do', async () => {
    const document = await write(offices)
    const good = tokenFor({ collection: 'articles', id: document.id })
    const bad = [
      tokenFor({ collection: 'articles', id: document.id }, new Date(Date.now() - 31 * 60_000)), `${good.slice(0, -2)}AA`, good.toUpperCase(), '', '.', 'garbage', '%00', null, 7, { a: 1 },
      makePreviewToken({ collection: 'articles', id: document.id }, { secret: 'another key of the same length..', now: new Date() }),
      tokenFor({ collection: 'articles', id: 99_999 }), tokenFor({ collection: 'letters', id: document.id })]
    for (const token of bad) {
      const answer = await open(token)
      expect([answer.status, answer.body.errors?.[0]?.code], String(token)).toEqual([403, 'preview-expired'])
      expect(answer.body.errors?.[0]?.message).toContain('重新打开预览')
    }
    expect((await open(good)).status).toBe(200)
  })

  it('is given to portals only', async () => {
    const document = await write(offices)
    const token = tokenFor({ collection: 'articles', id: document.id })
    for (const key of ['', 'wrong']) expect((await open(token, key)).status).toBe(403)
    expect((await (await offices.as('everything')).post('/api/intake/preview', { token })).status).toBe(403)
  })
})
