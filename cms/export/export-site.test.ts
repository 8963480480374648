import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashCode, normaliseCode } from '@cluster/shared/interaction/query-code'
import { richText } from '../testing/api.ts'
import { pdf, png } from '../testing/files.ts'
import { act, edit, openTestOffices, review, type TestOffices, write } from '../testing/offices.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openSink } from './folder-sink.ts'
import { type ExportedDocument, exportedDocumentSchema, type ExportManifest, exportManifestSchema, versionsSchema } from './formats.ts'

const SENDER = { name: '张小三', contact: '13812345678' }
const folder = temporaryFolder('cluster-export')
const target = join(folder, 'kunshan')
let offices: TestOffices
let published: { id: number }
let draft: { id: number }
let letterId: number

async function exportKunshan(to: string) {
  const { exportSite } = await import('./export-site.ts')
  const site = await offices.payload.findByID({ collection: 'sites', id: offices.sites['suzhou-kunshan'], depth: 0, overrideAccess: true })
  const sink = await openSink(to)
  const outcome = await exportSite({ payload: offices.payload, site, mediaDir: offices.database.env.MEDIA_DIR!, product: '0.1.0', now: new Date(), sink })
  await sink.finish()
  return outcome
}
const json = <T>(path: string): T => JSON.parse(readFileSync(join(target, path), 'utf8'))
const pathsIn = (root: string) => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).toSorted()

async function letter(title: string, isPublic: boolean): Promise<number> {
  const { body } = await offices.anonymous.call('POST', '/api/intake/letters', {
    site: 'suzhou-kunshan', kind: 'inquiry', ...SENDER, title, text: `我是${SENDER.name}，电话${SENDER.contact}，请问怎么办理？`, mayPublish: true,
  }, { 'x-intake-key': offices.database.env.INTAKE_KEY! })
  const [row] = await offices.rows<{ id: number }>('select id from letters where code_hash = $1', [hashCode(normaliseCode(String(body.code))!)])
  const saved = await (await offices.as('editor')).patch(`/api/letters/${row!.id}?depth=0`, { version: 1, answer: '请携带登记证书到窗口办理。', isPublic })
  await review(offices, { id: row!.id, version: saved.body.doc!.version }, 4, 'letters')
  return row!.id
}

let outcome: Awaited<ReturnType<typeof exportKunshan>>
beforeAll(async () => {
  offices = await openTestOffices()
  const editor = await offices.as('editor')
  const site = offices.sites['suzhou-kunshan']
  const picture = (await editor.upload('POST', '/api/media?depth=0', { site, alt: '正门' }, await png('正门.png', 1200, 600))).body.doc!
  const paper = (await editor.upload('POST', '/api/media?depth=0', { site }, pdf('职责清单.pdf'))).body.doc!
  const first = await write(offices, { title: '职责清单公布', picture: picture.id, attachments: [{ file: paper.id, title: '清单' }] })
  published = await edit(offices, first, { body: richText('第二次保存的正文，各部门职责清单今天公布。', '第二段 <b>不是标签</b>。') })
  await review(offices, published as never)
  draft = await write(offices, { title: '还没写完的草稿' })
  const returned = await write(offices, { title: '被退回的' })
  await review(offices, returned, 1)
  await act(offices, 'firstReviewer', 'return', returned, { reason: '摘要不清楚' })
  await write(offices, {}, { column: 'policies', collection: 'policies' })
  await write(offices, { title: '太仓的稿件' }, { by: 'sibling', site: 'suzhou-taicang' })
  letterId = await letter('公开的咨询', true)
  await letter('不公开的咨询', false)
  outcome = await exportKunshan(target)
})
afterAll(async () => {
  await offices?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('an office’s export', () => {
  it('holds its documents in every state, and nobody else’s', () => {
    expect(outcome).toMatchObject({ articles: 3, policies: 1, letters: 1, missingFiles: [] })
    const titles = pathsIn(target).filter((path) => /^documents\/.*\.json$/.test(path)).map((path) => exportedDocumentSchema.parse(json(path)).title)
    expect(titles.toSorted()).toEqual(['职责清单公布', '职责清单公布', '被退回的', '还没写完的草稿'].toSorted())
    expect(json<ExportedDocument>(`documents/articles/${draft.id}.json`)).toMatchObject({ state: 'draft', published: null, signOffs: [] })
  })

  it('tells of a document what it says, who answers for it, and how it came to be', () => {
    const document = json<ExportedDocument>(`documents/articles/${published.id}.json`)
    expect(document).toMatchObject({ state: 'published', column: { key: 'updates' }, metadata: { summary: '公布清单', keywords: ['清单'] } })
    expect(document.text).toContain('第二次保存的正文')
    expect(document.html).toContain('&#60;b&#62;')
    expect(document.signOffs.map(({ link, voided }) => [link, voided])).toEqual([['draft', null], ['first-review', null], ['second-review', null], ['final-review', null]])
    expect(document.published).toMatchObject({ disclosure: { digest: document.signOffs[0]!.digest } })
    expect(document.transitions.map(({ action }) => action)).toEqual(['submit', 'approve', 'approve', 'approve'])
    const versions = versionsSchema.parse(json(`versions/articles/${published.id}.json`))
    expect(versions.map(({ version }) => version)).toEqual([1, 2])
    const markdown = readFileSync(join(target, `documents/articles/${published.id}.md`), 'utf8')
    expect(markdown).toMatch(/^# 职责清单公布\n/)
    expect(markdown).toContain('第二段 \\<b\\>不是标签\\</b\\>。')
    expect(markdown).toContain('](<../../files/职责清单.pdf>)')
    expect(readFileSync(join(target, `documents/articles/${published.id}.html`), 'utf8')).toContain('<h1>职责清单公布</h1>')
  })

  it('keeps a sign-off that was voided, with the cause', () => {
    const returned = pathsIn(target).filter((path) => /^documents\/articles\/.*\.json$/.test(path)).map((path) => json<ExportedDocument>(path)).find(({ title }) => title === '被退回的')!
    expect(returned.transitions.at(-1)).toMatchObject({ action: 'return', reason: '摘要不清楚' })
    expect(returned.signOffs[0]!.voided).toMatchObject({ cause: 'return' })
  })

  it('holds pictures and attachments, byte for byte, and every file that its pages name', () => {
    const media = json<Array<{ file: string, sha256: string }>>('media.json')
    expect(media).toHaveLength(2)
    for (const { file, sha256 } of media) expect(createHash('sha256').update(readFileSync(join(target, file))).digest('hex')).toBe(sha256)
    const page = readFileSync(join(target, `documents/articles/${published.id}.html`), 'utf8')
    for (const [, path] of page.matchAll(/(?:src|href)="([^"#]+)"/g)) expect(existsSync(join(target, 'documents/articles', decodeURI(path!))), path).toBe(true)
  })

  it('never names who sent a letter, and holds only those that are public', () => {
    expect(pathsIn(target).filter((path) => path.startsWith('letters/'))).toEqual([`letters/${letterId}.json`])
    for (const path of pathsIn(target)) {
      const content = readFileSync(join(target, path))
      for (const words of [SENDER.name, SENDER.contact, '不公开的咨询']) expect(content.includes(words), `${words} in ${path}`).toBe(false)
    }
  })

  it('lists each of its files with its digest, and explains itself in Chinese', () => {
    const manifest = exportManifestSchema.parse(json<ExportManifest>('manifest.json'))
    expect(manifest.files.map(({ path }) => path).toSorted()).toEqual(pathsIn(target).filter((path) => path !== 'manifest.json'))
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = readFileSync(join(target, path))
      expect([content.length, createHash('sha256').update(content).digest('hex')], path).toEqual([bytes, sha256])
    }
    expect(readFileSync(join(target, '说明.md'), 'utf8')).toMatch(/稿件 \| 3 篇[\s\S]*政策文件 \| 1 篇/)
    expect(json<{ required: string[] }>('schema/document.schema.json').required).toContain('signOffs')
  })

  it('comes as one zip file too', async () => {
    const to = join(folder, 'kunshan.zip')
    await exportKunshan(to)
    const bytes = readFileSync(to)
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    expect(bytes.includes('说明.md')).toBe(true)
    expect(statSync(to).mode & 0o077).toBe(0)
    expect(readdirSync(folder).toSorted()).toEqual(['kunshan', 'kunshan.zip'])
  })

  it('names a file that is registered and not there', async () => {
    unlinkSync(join(offices.database.env.MEDIA_DIR!, '职责清单.pdf'))
    const to = join(folder, 'missing')
    expect((await exportKunshan(to)).missingFiles).toEqual(['职责清单.pdf'])
    expect(readFileSync(join(to, '说明.md'), 'utf8')).toContain('- 职责清单.pdf')
  })
})
