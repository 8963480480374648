import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, type RichText, type RichTextNode } from '@cluster/shared/publishing/rich-text'
import { markdownToRichText } from '../import/markdown-to-rich-text.ts'
import { richTextToMarkdown } from './rich-text-to-markdown.ts'

const text = (words: string, format = 0): RichTextNode => ({ type: 'text', text: words, format })
const paragraph = (...children: RichTextNode[]): RichTextNode => ({ type: 'paragraph', children })
const root = (...children: RichTextNode[]): RichText => ({ root: { type: 'root', children } })
const item = (...children: RichTextNode[]): RichTextNode => ({ type: 'listitem', children })
const list = (listType: string, ...children: RichTextNode[]): RichTextNode => ({ type: 'list', listType, children })
const cell = (words: string): RichTextNode => ({ type: 'tablecell', children: [paragraph(text(words))] })

describe('rich text as Markdown', () => {
  it.each<[string, RichText, string]>([
    ['headings and paragraphs', root({ type: 'heading', tag: 'h2', children: [text('总则')] }, paragraph(text('第一条 为了'), { type: 'linebreak' }, text('规范'))), '## 总则\n\n第一条 为了\\\n规范\n'],
    ['emphasis without the spaces at its ends', root(paragraph(text('请'), text(' 务必 ', 1), text('阅读', 3))), '请 **务必** ***阅读***\n'],
    ['links that are safe, and the words of others', root(paragraph({ type: 'link', fields: { url: 'https://example.gov.cn/a b' }, children: [text('错')] }, { type: 'link', fields: { url: 'https://example.gov.cn/x' }, children: [text('对')] }, { type: 'link', fields: { url: 'javascript:alert(1)' }, children: [text('坏')] })), '错[对](<https://example.gov.cn/x>)坏\n'],
    ['lists within lists', root(list('number', item(text('甲')), item(list('bullet', item(text('一')), item(text('二')))), item(text('乙')))), '1. 甲\n   - 一\n   - 二\n2. 乙\n'],
    ['tables', root({ type: 'table', children: [{ type: 'tablerow', children: [cell('类别'), cell('数')] }, { type: 'tablerow', children: [cell('a|b'), cell('12')] }] }), '| 类别 | 数 |\n| --- | --- |\n| a\\|b | 12 |\n'],
    ['pictures by their files', root({ type: 'upload', value: 7 }), '![正门](<../../files/正门.png>)\n'],
    ['what only looks like markup', root(paragraph(text('# 不是标题')), paragraph(text('1. 不是列表')), paragraph(text('a*b_c <x> [y](z)'))), '\\# 不是标题\n\n1\\. 不是列表\n\na\\*b\\_c \\<x\\> \\[y\\](z)\n'],
  ])('%s', (_, richText, markdown) => {
    expect(richTextToMarkdown(richText, (id) => (id === 7 ? { alt: '正门', path: '../../files/正门.png' } : null))).toBe(markdown)
  })

  it('keeps every word, as read back by the import', () => {
    const words = fc.string({ unit: fc.constantFrom(...'机构编制 一二1.)#*_`~[]()<>|\\!-+=&;ab'), minLength: 1, maxLength: 12 }).filter((each) => each.trim() !== '')
    const readBack = (each: RichText) => plainText(each).replace(/\s+/g, '')
    const blocks = fc.oneof(
      words.map((each) => paragraph(text(each))), words.map((each) => ({ type: 'heading', tag: 'h3', children: [text(each)] })),
      fc.array(words, { minLength: 1, maxLength: 3 }).map((items) => list('bullet', ...items.map((each) => item(text(each))))),
      fc.tuple(words, words).map((cells) => ({ type: 'table', children: [{ type: 'tablerow', children: cells.map(cell) }] })),
    )
    fc.assert(fc.property(fc.array(blocks, { minLength: 1, maxLength: 4 }), (children) => {
      const richText = root(...children)
      expect(readBack(markdownToRichText(richTextToMarkdown(richText)))).toBe(readBack(richText))
    }), { numRuns: 300 })
  })
})
