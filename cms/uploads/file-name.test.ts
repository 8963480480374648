import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileNameFor } from './file-name.ts'

const PDF = ['pdf'] as const

describe('the name of an uploaded file', () => {
  it.each([
    ['机构编制清单（2026）.pdf', '机构编制清单（2026）.pdf'],
    ['报告.PDF', '报告.pdf'],
    ['C:\\Users\\wang\\桌面\\报告.pdf', '报告.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['报告.pdf.exe', '报告.pdf.pdf'],
    ['报告\u202Efdp.exe', '报告fdp.pdf'],
    ['报\u0000告\r\n\u200B.pdf', '报告.pdf'],
    ['e\u0301tude.pdf', '\u00E9tude.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['   ', '文件.pdf'],
    ['CON.pdf', '文件-CON.pdf'],
    ['a<b>:"c|d?e*.pdf', 'abcde.pdf'],
    ['没有扩展名', '没有扩展名.pdf'],
    ['报告. .pdf', '报告.pdf'],
    ['会场-480x320.pdf', '会场-480×320.pdf'],
  ])('%j becomes %j', (given, kept) => expect(fileNameFor(given, PDF)).toBe(kept))

  it('keeps any of the endings that fit', () => expect(fileNameFor('照片.jpeg', ['jpg', 'jpeg'])).toBe('照片.jpeg'))

  it('keeps its own ending where nothing is known of the content', () => {
    expect(fileNameFor('a\u202E.exe')).toBe('a.exe')
    expect(fileNameFor('a')).toBe('a')
  })

  it('is cut at a whole character', () => {
    expect(fileNameFor(`${'字'.repeat(200)}.pdf`, PDF)).toBe(`${'字'.repeat(60)}.pdf`)
  })

  it('is a plain name whatever comes, and stays itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const name = fileNameFor(given, PDF)
      expect(name).toMatch(/^[^./\\\p{Cc}\p{Cf}][^/\\\p{Cc}\p{Cf}]*\.pdf$/u)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(184)
      expect(fileNameFor(name, PDF)).toBe(name)
    }), { numRuns: 500 })
  })
})
