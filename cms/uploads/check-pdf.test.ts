import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checkPdf } from './check-pdf.ts'
import { UnsuitableFile } from './unsuitable-file.ts'

const file = (...parts: Array<string | Buffer>) => Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts.map((part) => Buffer.from(part as Buffer)), Buffer.from('\ntrailer <<>>\nstartxref\n0\n%%EOF')])
const stream = (dictionary: string, content: Buffer) => Buffer.concat([Buffer.from(`9 0 obj << ${dictionary} >>\nstream\r\n`), content, Buffer.from('\nendstream endobj\n')])
const list = (objects: string, dictionary = '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode') => stream(dictionary, deflateSync(objects))
const codeOf = (bytes: Buffer): string | null => {
  try {
    checkPdf('a.pdf', bytes)
    return null
  } catch (error) {
    if (error instanceof UnsuitableFile) return error.code
    throw error
  }
}

describe('a PDF', () => {
  it('of text, pictures and links is taken', () => {
    const plain = file(
      '1 0 obj << /Type /Catalog /OpenAction [3 0 R /Fit] /Names 5 0 R >> endobj\n',
      '4 0 obj << /Type /Annot /Subtype /Link /A << /S /URI /URI (https://www.gov.cn/) >> >> endobj\n',
      list('7 0 << /Type /Annot /Subtype /Link /Title (/JavaScripting) >>'),
      stream('/Filter /FlateDecode', deflateSync('1 0 0 1 0 0 cm BT (text) Tj ET')),
      stream('/Subtype /Image /Filter /DCTDecode', Buffer.from('stream /Launcher /JS')))
    expect(codeOf(plain)).toBeNull()
  })

  it.each<[string, Buffer, string]>([
    ['runs scripts', file('1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj'), 'media-script'],
    ['runs scripts, its name in escapes', file('1 0 obj << /OpenAction << /S /J#61v#61Scr#69pt /JS (x) >> >> endobj'), 'media-script'],
    ['runs scripts from a packed list', file(list('7 0 << /S /JavaScript /JS (x) >>')), 'media-script'],
    ['runs scripts from a list that does not say what it is', file(list('7 0 << /S /JavaScript /JS (x) >>', '/Filter /FlateDecode')), 'media-script'],
    ['hides a stream in a text', file('1 0 obj (>> stream\n) endobj 2 0 obj << /S /JavaScript /JS (x) >> endobj'), 'media-script'],
    ['has forms of another kind', file('1 0 obj << /AcroForm << /XFA 3 0 R >> >> endobj'), 'media-script'],
    ['starts programs', file('1 0 obj << /A << /S /Launch /F (cmd.exe) >> >> endobj'), 'media-script'],
    ['sends what was typed', file('1 0 obj << /A << /S/SubmitForm/F (http://example.com) >> >> endobj'), 'media-script'],
    ['carries files', file('1 0 obj << /Names << /EmbeddedFiles 3 0 R >> >> endobj'), 'media-embedded'],
    ['carries files as notes', file('1 0 obj << /Subtype/FileAttachment>> endobj'), 'media-embedded'],
    ['is encrypted', file('trailer << /Encrypt 3 0 R >>'), 'media-encrypted'],
    ['packs its lists in an odd way', file(list('7 0 <<>>', '/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]')), 'media-damaged'],
    ['becomes far larger', file(list(`7 0 ${' '.repeat(130 * 1024 * 1024)}`)), 'media-bomb'],
  ])('that %s is refused', (_, bytes, code) => expect(codeOf(bytes)).toBe(code))
})
