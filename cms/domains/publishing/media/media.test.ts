import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docx, packed } from '../../../testing/archives.ts'
import { pdf, png } from '../../../testing/files.ts'
import { openTestOffices, review, type TestOffices, write } from '../../../testing/offices.ts'
import type { Answer, Upload } from '../../../testing/rest.ts'
import { MEDIA_TYPES } from '../../../uploads/media-types.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const upload = async (file: Upload | undefined, fields: Record<string, unknown> = {}): Promise<Answer> =>
  (await offices.as('editor')).upload('POST', '/api/media?depth=0', { site: offices.sites['suzhou-kunshan'], ...fields }, file)
const told = ({ status, body }: Answer) => [status, body.errors?.[0]?.data?.code ?? null]
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const kept = (name: string) => join(offices.database.env.MEDIA_DIR!, name)
const stored = () => readdirSync(offices.database.env.MEDIA_DIR!).toSorted()
const count = async () => (await offices.payload.count({ collection: 'media', overrideAccess: true })).totalDocs
type Sizes = Record<'small' | 'medium' | 'large', { filename: string | null; width: number | null }>

describe('a picture', () => {
  it('is kept with its sizes, hashes, focal point and words', async () => {
    const file = await png('会场 全景.png', 1200, 800)
    const answer = await upload(file, { alt: '会场全景', caption: '十一月的会议', focalX: 20, focalY: 80 })
    expect(answer.status).toBe(201)
    const medium = answer.body.doc!
    expect(medium).toMatchObject({ alt: '会场全景', caption: '十一月的会议', mimeType: 'image/png', width: 1200, height: 800, filesize: file.bytes.length, focalX: 20, focalY: 80 })
    const sizes = medium.sizes as Sizes
    // The largest is no larger than the picture itself.
    expect([sizes.small.width, sizes.medium.width, sizes.large.width]).toEqual([480, 960, 1200])
    const hashes = medium.hashes as Record<string, string>
    expect(hashes.original).toBe(sha256(file.bytes))
    expect(hashes).toEqual(Object.fromEntries(
      [['original', medium.filename], ...Object.entries(sizes).map(([size, { filename }]) => [size, filename])].map(([size, name]) => [size, sha256(readFileSync(kept(String(name))))])))
    expect((await sharp(kept(sizes.small.filename!)).metadata()).width).toBe(480)
  })

  it('keeps its Chinese name, and a second one of that name gets another', async () => {
    const [one, other] = [await upload(pdf('机构编制清单（2026）.pdf', '甲')), await upload(pdf('机构编制清单（2026）.pdf', '乙'))]
    expect(String(one.body.doc?.filename)).toContain('机构编制清单')
    expect(other.body.doc?.filename).not.toBe(one.body.doc?.filename)
    expect((await (await offices.as('editor')).get(`/api/media/file/${encodeURIComponent(String(one.body.doc?.filename))}`)).text).toContain('甲')
  })

  it('of one name keeps its own content when many arrive at once', async () => {
    const answers = await Promise.all(['甲', '乙', '丙', '丁'].map((words) => upload(pdf('同名.pdf', words))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    for (const { body: { doc } } of answers) expect(sha256(readFileSync(kept(String(doc!.filename))))).toBe((doc!.hashes as Record<string, string>).original)
    expect(new Set(answers.map(({ body }) => body.doc!.filename)).size).toBe(4)
  })

  it('never takes the place of a size of another picture', async () => {
    const { body: { doc } } = await upload(await png('大门.png', 600, 400), { alt: '大门' })
    const size = (doc!.sizes as Sizes).small.filename!
    const other = await upload(await png(size, 30, 30), { alt: '别的' })
    expect(other.status).toBe(201)
    expect(other.body.doc!.filename).not.toBe(size)
    expect(sha256(readFileSync(kept(size)))).toBe((doc!.hashes as Record<string, string>).small)
  })

  it('is named and kept by its content, whatever the sender says of it', async () => {
    const answer = await upload({ ...pdf('../..\\通知\u202E.html'), mediaType: 'image/png' }, { alt: '图' })
    expect(answer.body.doc).toMatchObject({ filename: '通知.pdf', mimeType: 'application/pdf' })
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" onload="x()"><rect width="5" height="5"/><script>x()</script></svg>'
    const drawn = await upload({ name: '示意图.svg', mediaType: 'text/plain', bytes: Buffer.from(drawing) }, { alt: '示意图' })
    expect(drawn.body.doc).toMatchObject({ mimeType: 'image/svg+xml', width: 20, height: 10 })
    expect(readFileSync(kept(String(drawn.body.doc!.filename)), 'utf8')).not.toMatch(/script|onload/)
    const table = await upload({ name: '数据.csv', mediaType: 'application/octet-stream', bytes: Buffer.from('名称,编制数\n办公室,12\n') })
    expect(table.body.doc).toMatchObject({ filename: '数据.csv', mimeType: 'text/csv' })
  })

  it('without alternative text is refused, and says what to write', async () => {
    const before = await count()
    for (const fields of [{}, { alt: '' }, { alt: '   ' }]) {
      const answer = await upload(await png('无说明.png', 20, 20), fields)
      expect(answer.status).toBe(400)
      expect(answer.text).toContain('替代文字')
    }
    expect(await count()).toBe(before)
    expect((await upload(pdf('附件不用替代文字.pdf'))).status).toBe(201)
  })

  it('does not lose its alternative text later', async () => {
    const { body: { doc } } = await upload(await png('有说明.png', 20, 20), { alt: '说明' })
    expect((await (await offices.as('editor')).patch(`/api/media/${doc!.id}`, { alt: '' })).status).toBe(400)
    expect((await (await offices.as('editor')).patch(`/api/media/${doc!.id}`, { alt: '更好的说明' })).body.doc).toMatchObject({ alt: '更好的说明' })
  })
})

describe('an unsuitable file is refused with the reason', () => {
  const bytes = Buffer.from('<html><script>alert(1)</script></html>')
  it.each<[string, Upload, number, string]>([
    ['of a type that is not allowed', { name: '页面.html', mediaType: 'text/html', bytes }, 415, 'media-type'],
    ['that is a drawing of scripts only', { name: 'a.svg', mediaType: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>x()</script></svg>') }, 415, 'media-content'],
    ['that is a program', { name: 'a.exe', mediaType: 'application/x-msdownload', bytes: Buffer.from('MZ') }, 415, 'media-type'],
    ['that is no PDF inside', { name: 'a.pdf', mediaType: 'application/pdf', bytes }, 415, 'media-type'],
    ['that is no picture inside', { name: 'a.png', mediaType: 'image/png', bytes }, 415, 'media-type'],
    ['that is a sound and not WebP', { name: 'a.webp', mediaType: 'image/webp', bytes: Buffer.from('RIFF0000WAVEfmt ') }, 415, 'media-type'],
    ['that is empty', { name: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.alloc(0) }, 415, 'media-content'],
    ['that broke off', { name: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 only the beginning') }, 415, 'media-cut'],
    ['that holds macros', docx('表.docx', [{ name: 'word/vbaProject.bin', bytes: 'x' }]), 415, 'media-macro'],
    ['that is an archive like a bomb', { name: 'a.zip', mediaType: 'application/zip', bytes: packed([{ name: 'a.txt', bytes: Buffer.alloc(12 * 1024 * 1024) }]) }, 415, 'media-bomb'],
  ])('%s', async (_, file, status, code) => {
    const [before, filesBefore] = [await count(), stored()]
    const answer = await upload(file, { alt: '图' })
    expect(told(answer)).toEqual([status, code])
    expect(answer.body.errors?.[0]?.message).toMatch(/[\u4e00-\u9fff].*[。]/)
    expect(await count()).toBe(before)
    expect(stored()).toEqual(filesBefore)
  })

  it('that is too large, naming size and limit', async () => {
    const picture = { name: '大图.png', mediaType: 'image/png', bytes: Buffer.concat([(await png('a.png', 4, 4)).bytes, Buffer.alloc(MEDIA_TYPES['image/png']!.limit)]) }
    const answer = await upload(picture, { alt: '图' })
    expect(told(answer)).toEqual([413, 'media-size'])
    expect(answer.body.errors?.[0]?.message).toMatch(/20\.0 MB.*20 MB/)
  })

  it('but one of just the size that is allowed is taken', async () => {
    const { bytes } = pdf('刚好.pdf')
    const filling = Buffer.alloc(MEDIA_TYPES['application/pdf']!.limit - bytes.length)
    expect((await upload({ ...pdf('刚好.pdf'), bytes: Buffer.concat([bytes.subarray(0, 9), filling, bytes.subarray(9)]) })).status).toBe(201)
  })

  it('that is larger than any request may be', async () => {
    const answer = await upload({ ...pdf('巨大.pdf'), bytes: Buffer.alloc(61 * 1024 * 1024) })
    expect(answer.status).toBe(413)
    expect(answer.body.errors?.[0]?.message).toMatch(/文件太大.*50 MB/)
  })

  it('after it was written, when the row cannot be', async () => {
    const before = stored()
    await offices.rows("create function refuse_test_row() returns trigger language plpgsql as $$ begin if new.caption = '不收' then raise exception 'refused'; end if; return new; end $$")
    await offices.rows('create trigger refuse_test_row before insert on media for each row execute function refuse_test_row()')
    expect((await upload(await png('半路.png', 600, 400), { alt: '图', caption: '不收' })).status).toBeGreaterThanOrEqual(400)
    expect(stored()).toEqual(before)
    expect((await upload(await png('半路.png', 600, 400), { alt: '图', caption: '收' })).status).toBe(201)
    expect(stored().filter((name) => name.startsWith('半路'))).toHaveLength(3)
  })

  it('when there is none', async () => expect(told(await upload(undefined))).toEqual([400, 'media-missing']))
})

describe('what was uploaded', () => {
  it('stays as it came: neither exchanged nor cropped, and a page that shows it stays whole', async () => {
    const file = await png('正门.png', 600, 400)
    const { body: { doc } } = await upload(file, { alt: '正门' })
    const document = await write(offices, { picture: doc!.id })
    await review(offices, document)
    const editor = await offices.as('editor')
    const path = `/api/media/${doc!.id}`
    expect(told(await editor.upload('PATCH', path, {}, await png('正门.png', 300, 300)))).toEqual([409, 'media-fixed'])
    const crop = 'uploadEdits[crop][x]=0&uploadEdits[crop][y]=0&uploadEdits[crop][width]=50&uploadEdits[crop][height]=50&uploadEdits[widthInPixels]=100&uploadEdits[heightInPixels]=100'
    expect(told(await editor.patch(`${path}?${crop}`, { alt: '正门' }))).toEqual([409, 'media-fixed'])
    expect((await editor.patch(path, { hashes: { original: 'x' }, filesize: 1, mimeType: 'text/html', width: 1, caption: '说明', focalX: 10, focalY: 10 })).status).toBe(200)
    expect((await editor.get(`${path}?depth=0`)).body).toMatchObject({ mimeType: 'image/png', width: 600, filesize: file.bytes.length, hashes: { original: sha256(file.bytes) }, caption: '说明' })
    const files = await offices.rows<{ hash: string; stored_as: string }>("select hash, stored_as from delivery.files where collection = 'articles' and document_id = $1", [document.id])
    expect(files.length).toBeGreaterThan(0)
    for (const { hash, stored_as: name } of files) {
      expect(existsSync(kept(name)), name).toBe(true)
      expect(sha256(readFileSync(kept(name)))).toBe(hash)
    }
  })

  it('is shown in public by its sizes, never by the original when there are any', async () => {
    const { body: { doc } } = await upload(await png('宽图.png', 2000, 500), { alt: '宽图' })
    const document = await write(offices, { picture: doc!.id })
    await review(offices, document)
    const names = (await offices.rows<{ name: string }>("select name from delivery.files where collection = 'articles' and document_id = $1 order by name", [document.id])).map(({ name }) => name)
    expect(names).toHaveLength(3)
    expect(names).not.toContain(doc!.filename)
  })
})
