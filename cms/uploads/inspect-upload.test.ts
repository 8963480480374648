import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { office, packed, relations } from '../testing/archives.ts'
import { pdf, png } from '../testing/files.ts'
import { inspectUpload } from './inspect-upload.ts'
import { MEDIA_TYPES } from './media-types.ts'
import { UnsuitableFile } from './unsuitable-file.ts'

const inspect = (name: string, bytes: Uint8Array | string) => inspectUpload({ name, bytes: Buffer.from(bytes as Uint8Array) }, { scanner: null })
/** The code and the sentence of the refusal; null when the file was taken. */
const refusalOf = async (name: string, bytes: Uint8Array | string): Promise<{ code: string; message: string } | null> =>
  inspect(name, bytes).then(() => null, (error: unknown) => {
    if (error instanceof UnsuitableFile) return { code: error.code, message: error.message }
    throw error
  })
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const compound = (...streams: string[]) => Buffer.concat([OLE, Buffer.alloc(512), ...streams.map((stream) => Buffer.from(stream, 'utf16le'))])
const link = (type: string, target: string, mode = 'External') => [{ name: 'word/_rels/document.xml.rels', bytes: relations([{ type, target, mode }]) }]
const field = (...words: string[]) => [{ name: 'word/document.xml', bytes:
  `<w:document xmlns:w="w"><w:body><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${words.map((word) => `<w:r><w:instrText>${word}</w:instrText></w:r>`).join('')}</w:p></w:body></w:document>` }]

describe('the type of an upload', () => {
  it('follows from its content, and the name is put right', async () => {
    expect(await inspect('通知.html', pdf('a').bytes)).toMatchObject({ mediaType: 'application/pdf', name: '通知.pdf' })
    expect(await inspect('照片.txt', (await png('a', 8, 8)).bytes)).toMatchObject({ mediaType: 'image/png', name: '照片.png' })
    expect(await inspect('清单.zip', office('xlsx'))).toMatchObject({ mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: '清单.xlsx' })
    expect(await inspect('汇报', office('pptx'))).toMatchObject({ name: '汇报.pptx' })
    expect(await inspect('公文.ofd', packed([{ name: 'OFD.xml', bytes: '<ofd:OFD xmlns:ofd="o"/>' }]))).toMatchObject({ mediaType: 'application/ofd', name: '公文.ofd' })
    expect(await inspect('材料.zip', packed([{ name: '一.pdf', bytes: pdf('a').bytes }]))).toMatchObject({ mediaType: 'application/zip' })
  })

  it.each([
    ['a web page', 'a.txt', '<html><script>alert(1)</script></html>'],
    ['a web page named as a picture', 'a.png', '<!doctype html><p>'],
    ['a program', 'a.pdf', 'MZ\u0090\u0000\u0003'],
    ['a script', 'a.txt', '#!/bin/sh\nrm -rf /'],
    ['bytes without meaning', 'a.txt', Buffer.from([0, 1, 2, 3, 4, 5])],
    ['a text of no allowed ending', 'a.js', 'alert(1)'],
    ['an unknown package', 'a.docx', packed([{ name: '[Content_Types].xml', bytes: '<Types/>' }])],
    ['a program in an archive', 'a.zip', packed([{ name: '说明.pdf', bytes: pdf('a').bytes }, { name: '安装.exe', bytes: 'MZ\u0090\u0000' }])],
  ])('is not allowed to be %s', async (_, name, bytes) => {
    expect(await refusalOf(name, bytes)).toMatchObject({ code: 'media-type', message: expect.stringMatching(/“.+”.+。$/) })
  })

  it('is not read from an empty file, nor from one that broke off', async () => {
    expect(await refusalOf('a.pdf', '')).toMatchObject({ code: 'media-content' })
    expect(await refusalOf('a.zip', packed([]))).toMatchObject({ code: 'media-content' })
    expect(await refusalOf('a.pdf', '%PDF-1.7 only the beginning')).toMatchObject({ code: 'media-cut' })
    expect(await refusalOf('a.docx', office('docx').subarray(0, 300))).toMatchObject({ code: 'media-damaged' })
    expect(await refusalOf('a.png', (await png('a', 50, 50)).bytes.subarray(0, 90))).toMatchObject({ code: 'media-content' })
  })

  it('has its own limit of size', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><desc>${'字'.repeat(MEDIA_TYPES['image/svg+xml'].limit / 3)}</desc></svg>`
    expect(await refusalOf('a.svg', svg)).toMatchObject({ code: 'media-size', message: expect.stringContaining('上限 5 MB') })
  })
})

describe('an archive', () => {
  it('that becomes far larger than it is is refused, whatever its directory says', async () => {
    const zeros = Buffer.alloc(12 * 1024 * 1024)
    expect(await refusalOf('a.zip', packed([{ name: 'a.txt', bytes: zeros }]))).toMatchObject({ code: 'media-bomb' })
    expect(await refusalOf('a.docx', office('docx', [{ name: 'word/big.xml', bytes: zeros }]))).toMatchObject({ code: 'media-bomb' })
    expect(await refusalOf('a.zip', packed([{ name: 'a.txt', bytes: zeros, claimedSize: 10 }]))).toMatchObject({ code: 'media-damaged' })
  })

  it('with too many members, or two of one name, is refused', async () => {
    const many = Array.from({ length: 5_001 }, (_, index) => ({ name: `${index}.txt`, bytes: '字' }))
    expect(await refusalOf('a.zip', packed(many))).toMatchObject({ code: 'media-bomb' })
    expect(await refusalOf('a.zip', packed([{ name: 'a.txt', bytes: '一' }, { name: 'A.txt', bytes: '二' }]))).toMatchObject({ code: 'media-damaged' })
  })

  it('whose members leave its folder, or are encrypted, or are archives, is refused', async () => {
    expect(await refusalOf('a.zip', packed([{ name: '../../a.txt', bytes: '字' }]))).toMatchObject({ code: 'media-damaged' })
    expect(await refusalOf('a.zip', packed([{ name: 'a.txt', bytes: '字', isEncrypted: true }]))).toMatchObject({ code: 'media-encrypted' })
    expect(await refusalOf('a.zip', packed([{ name: 'b.zip', bytes: packed([{ name: 'a.txt', bytes: '字' }]) }]))).toMatchObject({ code: 'media-nested' })
  })

  it('is looked through to its last member', async () => {
    const macro = office('docx', [{ name: 'word/vbaProject.bin', bytes: 'x' }])
    expect(await refusalOf('a.zip', packed([{ name: 'a.txt', bytes: '字' }, { name: '表.docx', bytes: macro }]))).toMatchObject({ code: 'media-macro' })
  })
})

describe('an office file', () => {
  it('with text, pictures, a chart’s table and plain links is taken as it is', async () => {
    const bytes = office('docx', [
      { name: 'word/_rels/document.xml.rels', bytes: relations([
        { type: 'hyperlink', target: 'https://www.gov.cn/', mode: 'External' }, { type: 'hyperlink', target: 'mailto:bb@example.gov.cn', mode: 'External' },
        { type: 'image', target: 'media/image1.png' }, { type: 'package', target: 'embeddings/Sheet1.xlsx' }]) },
      { name: 'word/media/image1.png', bytes: (await png('a', 8, 8)).bytes }, { name: 'word/embeddings/Sheet1.xlsx', bytes: office('xlsx') },
      ...field(' PAGE ', ' HYPERLINK "https://www.gov.cn" '),
    ])
    expect((await inspect('报告.docx', bytes)).bytes.equals(bytes)).toBe(true)
  })

  it.each<[string, Buffer, string]>([
    ['macros', office('docx', [{ name: 'word/vbaProject.bin', bytes: 'x' }]), 'media-macro'],
    ['macros by its type', office('docx', [], 'application/vnd.ms-word.document.macroEnabled.main+xml'), 'media-macro'],
    ['macros of old spreadsheets', office('xlsx', [{ name: 'xl/macrosheets/sheet1.xml', bytes: '<x/>' }]), 'media-macro'],
    ['controls', office('docx', [{ name: 'word/activeX/activeX1.bin', bytes: 'x' }]), 'media-macro'],
    ['embedded objects', office('docx', [{ name: 'word/embeddings/oleObject1.bin', bytes: OLE }]), 'media-embedded'],
    ['macros in an embedded file', office('docx', [{ name: 'word/embeddings/a.xlsx', bytes: office('xlsx', [{ name: 'xl/vbaProject.bin', bytes: 'x' }]) }]), 'media-macro'],
    ['a web page inside', office('docx', link('aFChunk', 'a.html', 'Internal')), 'media-embedded'],
    ['a template elsewhere', office('docx', link('attachedTemplate', 'https://example.com/a.dotm')), 'media-external'],
    ['a picture elsewhere', office('docx', link('image', 'https://example.com/a.png')), 'media-external'],
    ['a picture elsewhere, written in escapes', office('docx', link('im&#97;ge', 'http&#58;//example.com/a.png', '&#69;xternal')), 'media-external'],
    ['an object elsewhere', office('docx', link('oleObject', 'file:///C:/a.docx')), 'media-external'],
    ['a picture elsewhere that says it is inside', office('docx', link('image', '\\\\server\\a.png', 'Internal')), 'media-external'],
    ['another workbook', office('xlsx', [{ name: 'xl/externalLinks/externalLink1.xml', bytes: '<x/>' }]), 'media-external'],
    ['a data connection', office('xlsx', [{ name: 'xl/connections.xml', bytes: '<x/>' }]), 'media-external'],
    ['a link to a local file', office('docx', link('hyperlink', 'file:///D:/内部/a.docx')), 'media-link'],
    ['a link that is a script', office('docx', link('hyperlink', 'javascript:alert(1)')), 'media-link'],
    ['a field that starts a program', office('docx', field(' DD', 'EAUTO c:\\cmd.exe "/k"')), 'media-external'],
    ['a field that fetches', office('docx', field('INCLUDEPICTURE "https://example.com/a.png"')), 'media-external'],
    ['a document type', office('docx', [{ name: 'word/document.xml', bytes: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }]), 'media-damaged'],
    ['parts in another encoding than they say', office('docx', [{ name: 'word/document.xml', bytes: '<?xml version="1.0" encoding="UTF-7"?><a/>' }]), 'media-damaged'],
  ])('with %s is refused, and told why', async (_, bytes, code) => {
    expect(await refusalOf('a.docx', bytes)).toMatchObject({ code, message: expect.stringMatching(/请.+。$/) })
  })

  it('of the old kind, or encrypted, is refused with advice', async () => {
    expect(await refusalOf('a.doc', compound('WordDocument'))).toMatchObject({ code: 'media-old', message: expect.stringContaining('另存为 .docx') })
    expect(await refusalOf('a.xls', compound('_VBA_PROJECT'))).toMatchObject({ code: 'media-macro' })
    expect(await refusalOf('a.docx', compound('EncryptedPackage'))).toMatchObject({ code: 'media-encrypted', message: expect.stringContaining('去掉密码') })
  })
})

describe('a picture', () => {
  it('loses place, time, camera and whatever stood behind it, and stands upright', async () => {
    const exif = { IFD0: { Make: 'SecretCamera', Artist: 'WangXiaoming' }, IFD3: { GPSLatitude: '31/1 23/1 0/1', GPSLongitude: '120/1 58/1 0/1' } }
    const taken = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } }).withMetadata({ orientation: 6 }).withExif({ ...exif, IFD0: { ...exif.IFD0, Orientation: '6' } }).jpeg().toBuffer()
    expect((await sharp(taken).metadata()).exif).toBeDefined()
    const { bytes, name } = await inspect('照片.JPEG', Buffer.concat([taken, Buffer.from('<script>behind</script>')]))
    const metadata = await sharp(bytes).metadata()
    expect(name).toBe('照片.jpg')
    expect([metadata.width, metadata.height]).toEqual([20, 40])
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([undefined, undefined, undefined, undefined])
    for (const secret of ['SecretCamera', 'WangXiaoming', 'behind']) expect(bytes.includes(secret), secret).toBe(false)
  })

  it('keeps moving, when it moves', async () => {
    const frames = Buffer.concat([Buffer.alloc(300, 255), Buffer.alloc(300), Buffer.alloc(300, 128)])
    const moving = await sharp(frames, { raw: { width: 10, height: 30, channels: 3, pageHeight: 10 } }).gif({ delay: [100, 100, 100] }).toBuffer()
    expect((await sharp((await inspect('a.gif', moving)).bytes, { animated: true }).metadata()).pages).toBe(3)
  })

  it('with more points than can be shown is refused before it is drawn', async () => {
    // The measures stand in the first block, with a checksum of their own (ISO/IEC 15948, 11.2.2).
    const huge = Buffer.from((await png('a.png', 16, 16)).bytes)
    huge.writeUInt32BE(19_000, 16)
    huge.writeUInt32BE(19_000, 20)
    huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29)
    expect(await refusalOf('a.png', huge)).toMatchObject({ code: 'media-size', message: expect.stringContaining('19000×19000') })
  })
})

describe('a text', () => {
  it('is kept in UTF-8, whatever it came in', async () => {
    const gbk = Buffer.from([0xb1, 0xe0, 0xd6, 0xc6])
    expect((await inspect('a.txt', gbk)).bytes.toString()).toBe('编制')
    expect((await inspect('a.csv', Buffer.concat([gbk, Buffer.from(',-5\n')]))).bytes.toString()).toBe('\uFEFF编制,-5\n')
    expect((await inspect('a.txt', Buffer.from('\uFEFF编制', 'utf16le'))).bytes.toString()).toBe('编制')
  })

  it.each(['a,=cmd|\' /C calc\'!A0', '"=1+1",b', '一\n@SUM(1)'])('with the formula %j in a table is refused', async (table) => {
    expect(await refusalOf('a.csv', table)).toMatchObject({ code: 'media-script' })
  })
})
