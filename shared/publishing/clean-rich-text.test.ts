import { describe, expect, it } from 'vitest'
import { cleanRichText, readRichText } from './clean-rich-text.ts'
import { plainText, renderRichText, type RichText, type RichTextNode } from './rich-text.ts'

const text = (words: string, more: Partial<RichTextNode> = {}): RichTextNode =>
  ({ type: 'text', version: 1, text: words, format: 0, detail: 0, mode: 'normal', style: '', ...more })
const paragraph = (...children: RichTextNode[]): RichTextNode =>
  ({ type: 'paragraph', version: 1, direction: null, format: '', indent: 0, textFormat: 0, children })
const document = (...children: RichTextNode[]): RichText =>
  ({ root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children } })

describe('cleaning a text on save', () => {
  it('removes fonts and colours and keeps bold', () => {
    const cleaned = cleanRichText(document(paragraph(text('重点', { format: 1, style: 'color: red; font-family: 宋体' }))))
    expect(cleaned.root.children?.[0]?.children?.[0]).toEqual(text('重点', { format: 1 }))
  })

  it('drops format bits that no page shows, and keeps the others', () => {
    const cleaned = cleanRichText(document(paragraph(text('高亮', { format: 128 | 2 }))))
    expect(cleaned.root.children?.[0]?.children?.[0]?.format).toBe(2)
  })

  it('trims empty paragraphs at both ends, not between', () => {
    const empty = paragraph(text('　 '))
    const cleaned = cleanRichText(document(paragraph(), empty, paragraph(text('一')), paragraph(), paragraph(text('二')), empty))
    expect(cleaned.root.children?.map((node) => plainText({ root: node }))).toEqual(['一', '', '二'])
  })

  it('keeps one paragraph of a text that is empty altogether, for the editor needs a place to write', () => {
    expect(cleanRichText(document(paragraph(), paragraph())).root.children).toHaveLength(1)
  })

  it('replaces an unknown node by its words', () => {
    const cleaned = cleanRichText(document({ type: 'block', children: [text('甲'), paragraph(text('乙')), text('丙')] }))
    expect(plainText(cleaned)).toBe('甲\n乙\n丙')
    expect(cleaned.root.children?.every(({ type }) => type === 'paragraph')).toBe(true)
  })

  it('keeps lists, tables, pictures and links as they are', () => {
    const rich = document(
      { type: 'heading', tag: 'h2', version: 1, children: [text('一、范围')] },
      { type: 'list', listType: 'number', tag: 'ol', start: 3, version: 1, children: [{ type: 'listitem', value: 3, version: 1, children: [text('三')] }] },
      { type: 'table', version: 1, children: [{ type: 'tablerow', version: 1, children: [
        { type: 'tablecell', headerState: 1, colSpan: 2, rowSpan: 1, version: 1, children: [paragraph(text('单元格'))] }] }] },
      { type: 'upload', relationTo: 'media', value: 7, version: 3, fields: {} },
      paragraph({ type: 'link', version: 3, fields: { url: 'https://example.com/', newTab: true }, children: [text('链接')] }),
    )
    expect(cleanRichText(rich)).toEqual(rich)
    expect(renderRichText(cleanRichText(rich)).html).toBe(renderRichText(rich).html)
  })

  it('answers the same when it cleans again', () => {
    const messy = document(paragraph(), { type: 'block', children: [text('甲', { style: 'x' }), { type: 'mention', text: '乙' }] }, paragraph())
    const once = cleanRichText(messy)
    expect(cleanRichText(once)).toEqual(once)
  })
})

describe('reading a text of unknown origin', () => {
  const link = (url: unknown): RichTextNode => ({ type: 'link', version: 1, fields: { url, newTab: false, linkType: 'custom' }, children: [text('字')] })

  it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '//example.com', '/\\example.com', '', 7, null])(
    'takes the link to %j for its words', (url) => {
      expect(readRichText(document(paragraph(link(url))))).toEqual(document(paragraph(text('字'))))
    })

  it.each(['https://www.gov.cn/', 'http://www.gov.cn/a?b=1', 'mailto:bb@example.gov.cn', '/articles/1/', '#h-1'])('keeps the link to %j', (url) => {
    expect(readRichText(document(paragraph(link(url))))).toEqual(document(paragraph(link(url))))
  })

  it('has no text in what is none', () => {
    for (const value of [null, undefined, 'text', 7, [], {}, { root: null }, { root: [] }]) expect(readRichText(value)).toBeNull()
  })

  it('leaves out what is no node, and what lies deeper than a text can', () => {
    const odd = { root: { type: 'root', children: [null, 7, [], { type: 7, children: 'no' }, { ...paragraph(text('一')), fields: 'x' }, { type: 'script', children: [{ type: 'text', text: 5 }] }] } }
    expect(plainText(readRichText(odd))).toBe('一')
    let deep: RichTextNode = paragraph(text('深'))
    for (let level = 0; level < 5_000; level += 1) deep = { type: 'quote', children: [deep] }
    expect(renderRichText(readRichText(document(paragraph(text('浅')), deep))).text).toBe('浅')
  })
})
