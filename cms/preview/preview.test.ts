import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filePath, resolveAddress } from '@cluster/shared/delivery/addresses'
import { previewAnswerSchema } from '@cluster/shared/delivery/intake'
import { documentRecordSchema, type DocumentRecord } from '@cluster/shared/delivery/records'
import { png } from '../testing/files.ts'
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

  it('of a home page draws the choices as they stand on the page, keeps nothing, and says who may frame it', async () => {
    const [layout] = await offices.rows<{ id: number }>(`select layouts.id from layouts join sites on sites.id = site_id where slug = 'suzhou-kunshan'`)
    const before = await offices.rows('select (select json_agg(l) from layouts l) as layouts, (select json_agg(s) from delivery.sites s) as sites, (select count(*) from delivery.feed) as feed')
    const choices = { order: ['approvals', 'frontier'], hidden: ['local'], accent: null, heroPicture: null, links: [] }
    const link = await (await offices.as('editor')).post(`/api/layouts/${layout!.id}/live-preview`, choices)
    expect(link.body.url).toMatch(new RegExp(`^http://suzhou-kunshan\\.localhost:${offices.database.ports.portal}/preview/[\\w.-]+/$`))
    const answer = previewAnswerSchema.parse((await open(String(link.body.url).split('/').at(-2))).body)
    const { heroPicture: _, ...shown } = choices
    expect(answer).toEqual({ home: { site: 'suzhou-kunshan', choices: shown }, framedBy: [`http://127.0.0.1:${offices.database.ports.cms}`, `http://localhost:${offices.database.ports.cms}`], files: [] })
    expect(await offices.rows('select (select json_agg(l) from layouts l) as layouts, (select json_agg(s) from delivery.sites s) as sites, (select count(*) from delivery.feed) as feed')).toEqual(before)
  })

  it('of a home page carries its picture within, because nobody gets the file yet', async () => {
    const [layout] = await offices.rows<{ id: number }>(`select layouts.id from layouts join sites on sites.id = site_id where slug = 'suzhou-kunshan'`)
    const upload = await (await offices.as('editor')).upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'], alt: '市民中心' }, await png('hero.png', 1200, 400))
    const link = await (await offices.as('editor')).post(`/api/layouts/${layout!.id}/live-preview`, { heroPicture: upload.body.doc!.id })
    const answer = previewAnswerSchema.parse((await open(String(link.body.url).split('/').at(-2))).body)
    if (!('home' in answer)) throw new Error('no home page')
    expect(answer.files.map(({ path }) => path)).toEqual(answer.home.choices.heroPicture!.sources.map(filePath))
    expect(answer.files[0]!.data).toMatch(/^data:image\/png;base64,/)
    expect(await offices.rows('select 1 from delivery.files')).toEqual([])
    const sibling = await (await offices.as('sibling')).upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-taicang'], alt: '别处' }, await png('other.png', 1200, 400))
    const foreign = await (await offices.as('editor')).post(`/api/layouts/${layout!.id}/live-preview`, { heroPicture: sibling.body.doc!.id })
    expect((await open(String(foreign.body.url).split('/').at(-2))).body).toMatchObject({ files: [], home: { choices: expect.not.objectContaining({ heroPicture: expect.anything() }) } })
  })

  it('of a home page with anything that is no choice, is refused; whatever is one fits an address', async () => {
    const [layout] = await offices.rows<{ id: number }>(`select layouts.id from layouts join sites on sites.id = site_id where slug = 'suzhou-kunshan'`)
    const editor = await offices.as('editor')
    const ask = (choices: unknown) => editor.post(`/api/layouts/${layout!.id}/live-preview`, choices as Record<string, unknown>)
    expect((await ask({ links: [{ label: 'x', href: 'javascript:1' }] })).status).toBe(422)
    expect((await ask({ order: 'updates' })).status).toBe(422)
    // As long as the rules allow, of signs that pack badly: it still fits an address line.
    const href = (seed: number) => `/${Array.from({ length: 199 }, (_, index) => String.fromCharCode(0x4e00 + (seed * 7919 + index * index * 104_729) % 20_000)).join('')}`
    const long = await ask({ links: Array.from({ length: 8 }, (_, index) => ({ label: `市县政府门户网站的链接之${index}`, href: href(index) })) })
    expect(long.status).toBe(200)
    expect(resolveAddress(new URL(String(long.body.url)).pathname)).toMatchObject({ page: 'preview' })
    expect((await ask({ links: [{ label: '太长', href: `/${'a'.repeat(200)}` }] })).status).toBe(422)
  })

  it('is given to portals only', async () => {
    const document = await write(offices)
    const token = tokenFor({ collection: 'articles', id: document.id })
    for (const key of ['', 'wrong']) expect((await open(token, key)).status).toBe(403)
    expect((await (await offices.as('everything')).post('/api/intake/preview', { token })).status).toBe(403)
  })
})
