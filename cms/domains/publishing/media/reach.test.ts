import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../../testing/files.ts'
import { act, edit, openTestOffices, review, type TestOffices, type TestSite, write } from '../../../testing/offices.ts'
import type { PersonKey } from '../../../testing/people.ts'

const KUNSHAN = 'suzhou-kunshan'
const READERS: readonly PersonKey[] = ['editor', 'firstReviewer', 'siteAdmin', 'subtree', 'inspector', 'provinceAdmin']
const STRANGERS: readonly PersonKey[] = ['sibling', 'parent', 'elsewhere', 'former', 'coming', 'newcomer', 'nobody', 'securityAdmin', 'auditAdmin']

let offices: TestOffices
/** A file of 昆山, and one of 南京. */
let mine: { id: number }
let theirs: { id: number }
beforeAll(async () => {
  offices = await openTestOffices()
  mine = await upload('editor', KUNSHAN, `${KUNSHAN}.pdf`)
  theirs = await upload('elsewhere', 'nanjing', 'nanjing.pdf')
})
afterAll(() => offices.close())

async function upload(person: PersonKey, site: TestSite, name: string): Promise<{ id: number }> {
  const answer = await (await offices.as(person)).upload('POST', '/api/media?depth=0', { site: offices.sites[site] }, pdf(name))
  if (answer.status !== 201) throw new Error(`upload refused: ${answer.status} ${answer.text}`)
  return answer.body.doc!
}

describe('files', () => {
  const file = (site: string) => `/api/media/file/${site}.pdf`

  it('are read by those who may read the site’s media', async () => {
    for (const person of READERS) expect((await (await offices.as(person)).get(file(KUNSHAN))).status, person).toBe(200)
  })

  it('are shut to everybody else', async () => {
    for (const person of STRANGERS) expect([403, 404], person).toContain((await (await offices.as(person)).get(file(KUNSHAN))).status)
    expect([401, 403]).toContain((await offices.anonymous.get(file(KUNSHAN))).status)
    for (const name of ['..%2F..%2Fsecrets.json', '%2e%2e%2fsecrets.json', 'nowhere.pdf']) expect((await (await offices.as('editor')).get(`/api/media/file/${name}`)).status).toBeGreaterThanOrEqual(400)
  })

  it('of another site cannot be reached by naming them in one’s own medium', async () => {
    const editor = await offices.as('editor')
    await editor.patch(`/api/media/${mine.id}`, { filename: 'nanjing.pdf' })
    await editor.patch(`/api/media/${mine.id}`, { sizes: { small: { filename: 'nanjing.pdf', url: '/x', width: 1, height: 1, mimeType: 'application/pdf', filesize: 1 } } })
    await editor.upload('POST', '/api/media', { site: offices.sites[KUNSHAN], sizes: { small: { filename: 'nanjing.pdf' } } }, pdf('b.pdf'))
    const copied = await editor.post('/api/media?uploadEdits[focalPoint][x]=9&uploadEdits[focalPoint][y]=9', { site: offices.sites[KUNSHAN], filename: 'nanjing.pdf', url: '/nanjing.pdf', mimeType: 'application/pdf' })
    expect(copied.status).toBe(400)
    expect([403, 404]).toContain((await editor.get(file('nanjing'))).status)
    expect(await offices.rows("select filename from media where id = $1 and filename = 'suzhou-kunshan.pdf' and sizes_small_filename is null", [mine.id])).toHaveLength(1)
  })

  it('are described by writers of their own site only, and never moved', async () => {
    const path = `/api/media/${mine.id}`
    expect((await (await offices.as('editor')).patch(path, { caption: '说明' })).status).toBe(200)
    for (const person of [...STRANGERS, 'inspector', 'provinceAdmin'] as const) expect((await (await offices.as(person)).patch(path, { caption: '别人' })).status, person).toBe(403)
    expect((await (await offices.as('subtree')).patch(path, { site: offices.sites.suzhou })).status).toBe(403)
    await expect(upload('editor', 'nanjing', 'c.pdf')).rejects.toThrow('403')
    await expect(upload('inspector', KUNSHAN, 'c.pdf')).rejects.toThrow('403')
  })

  it('of another site cannot be submitted with an article, and the sentence names them', async () => {
    const attachments = [{ file: mine.id, title: '自己的' }, { file: theirs.id, title: '别人的' }]
    const document = await write(offices, { title: '借用附件', attachments })
    const answer = await act(offices, 'editor', 'submit', document)
    expect([answer.status, answer.body.errors?.map(({ code, path }) => [code, path])]).toEqual(
      [422, [['file-unusable', 'attachments.1.file']]])
    expect(answer.body.errors?.[0]?.message).toMatch(/第 2 个附件“别人的”.*重新上传/)
    const mended = await edit(offices, document, { attachments: attachments.slice(0, 1) })
    await review(offices, mended)
    expect(await offices.rows("select stored_as from delivery.files where collection = 'articles' and document_id = $1", [document.id])).toEqual([{ stored_as: 'suzhou-kunshan.pdf' }])
  })

  it('of another site are left out of the public form, should they get into a text after it was submitted', async () => {
    const document = await write(offices, { title: '半路借用', attachments: [{ file: mine.id, title: '自己的' }] })
    await review(offices, document, 3)
    await offices.rows('update articles_attachments set file_id = $1 where _parent_id = $2', [theirs.id, document.id])
    expect((await act(offices, 'finalReviewer', 'approve', document)).status).toBeGreaterThanOrEqual(400)
    expect(await offices.rows("select 1 from delivery.files where collection = 'articles' and document_id = $1", [document.id])).toEqual([])
  })
})
