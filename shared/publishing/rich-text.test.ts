import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Picture } from '../delivery/records.ts'
import { isSafeLink, mediaInRichText, plainText, renderRichText, type RichText, type RichTextNode } from './rich-text.ts'

const text = (words: string, format = 0): RichTextNode => ({ type: 'text', text: words, format })
const paragraph = (...children: RichTextNode[]): RichTextNode => ({ type: 'paragraph', children })
const heading = (tag: string, words: string): RichTextNode => ({ type: 'heading', tag, children: [text(words)] })
const root = (...children: RichTextNode[]): RichText => ({ root: { type: 'root', children } })
const html = (...children: RichTextNode[]) => renderRichText(root(...children)).html
const HASH = 'a'.repeat(64)
const picture: Picture = {
  alt: '办公楼 "正门"', caption: '<b>图</b>', width: 960, height: 640, focalX: 50, focalY: 50,
  sources: [480, 960].map((width) => ({ hash: HASH, name: `图 ${width}.jpg`, mediaType: 'image/jpeg', bytes: 10, width, height: width / 1.5 })),
}

describe('renderRichText', () => {
  it('escapes every text', () => {
    expect(html(paragraph(text('<script>alert("1")</script> & \'引\''))))
      .toBe('<p>&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;引&#39;</p>')
  })

  it('writes the formats of a text as elements, nested', () => {
    expect(html(paragraph(text('甲', 1 | 2), text('乙', 8), text('丙', 64)))).toBe('<p><em><strong>甲</strong></em><u>乙</u><sup>丙</sup></p>')
  })

  it('lets no style, class or handler of the editor through', () => {
    const styled: RichTextNode = { type: 'paragraph', style: 'color:red', class: 'x', onclick: 'x()', format: 'justify" onload="x', children: [{ ...text('字'), style: 'font-size:90px' }] }
    expect(html(styled)).toBe('<p>字</p>')
    expect(html({ type: 'paragraph', format: 'center', children: [text('中')] })).toBe('<p class="align-center">中</p>')
  })

  it('gives of an unknown node what its children give, in the HTML and in the words alike', () => {
    const unknown: RichTextNode = { type: 'iframe', src: 'https://evil.example', text: '不该出现', children: [paragraph(text('留下'))] }
    const body = renderRichText(root(unknown))
    expect(body.html).toBe('<p>留下</p>')
    expect(body.text).toBe('留下')
  })

  it('leaves out empty paragraphs and headings', () => {
    expect(html(paragraph(), paragraph(text('  ')), heading('h2', ''), paragraph(text('字')))).toBe('<p>字</p>')
  })

  it('keeps h1 for the title of the page', () => {
    expect(html(heading('h1', '一'), heading('h3', '二'), heading('h6', '三'))).toBe('<h2 id="h-1">一</h2><h3 id="h-2">二</h3><h4 id="h-3">三</h4>')
  })

  it('numbers lists from where they start', () => {
    const list = (listType: string, start?: number): RichTextNode => ({ type: 'list', listType, start, children: [{ type: 'listitem', children: [text('项')] }] })
    expect(html(list('bullet'), list('number', 1), list('number', 3))).toBe('<ul><li>项</li></ul><ol><li>项</li></ol><ol start="3"><li>项</li></ol>')
    expect(html({ ...list('number'), start: '2" onclick="x' as never })).toBe('<ol><li>项</li></ol>')
  })

  it('gives articles of a statute ids, the annex’s first article another than the first', () => {
    const body = renderRichText(root(
      paragraph(text('第一条　为了规范')), paragraph(text('　　第二条之一 依照')), heading('h2', '附件'), paragraph(text('第一条 本附件')), paragraph(text('根据第三条办理'))))
    expect(body.html).toContain('<p id="第一条">')
    expect(body.html).toContain('<p id="第二条之一">')
    expect(body.html).toContain('<p id="第一条-2">')
    expect(body.anchors.map(({ id }) => id)).toEqual(['第一条', '第二条之一', 'h-1', '第一条-2'])
    expect(body.html).not.toContain('id="第三条"')
  })

  it('writes tables with headers, spans and a name each', () => {
    const cell = (words: string, more: Partial<RichTextNode> = {}): RichTextNode => ({ type: 'tablecell', headerState: 0, children: [paragraph(text(words))], ...more })
    const table: RichTextNode = { type: 'table', children: [
      { type: 'tablerow', children: [cell('列', { headerState: 1 }), cell('行', { headerState: 2, colSpan: 2 })] }, { type: 'tablerow', children: [cell('值', { rowSpan: 3, colSpan: 1 })] }] }
    expect(html(table, table)).toBe([1, 2].map((number) => `<section class="table-scroll" aria-label="表格 ${number}" tabindex="0"><table><tbody>`
      + '<tr><th scope="col"><p>列</p></th><th scope="row" colspan="2"><p>行</p></th></tr><tr><td rowspan="3"><p>值</p></td></tr></tbody></table></section>').join(''))
  })

  it('shows a picture with its alternative text, and nothing where there is none to show', () => {
    const upload = (value: unknown): RichTextNode => ({ type: 'upload', relationTo: 'media', value })
    const shown = renderRichText(root(upload(7), upload({ id: 7 }), upload(8), upload('x')), new Map([[7, picture]])).html
    expect(shown.match(/<figure>/g)).toHaveLength(2)
    expect(shown).toContain('alt="办公楼 &#34;正门&#34;"')
    expect(shown).toContain('<figcaption>&#60;b&#62;图&#60;/b&#62;</figcaption>')
    expect(shown).toContain(`srcset="/files/${HASH}/%E5%9B%BE%20480.jpg 480w, /files/${HASH}/%E5%9B%BE%20960.jpg 960w"`)
  })

  it('takes nothing for an empty text', () => {
    for (const nothing of [null, undefined, { root: { type: 'root' } }]) expect(renderRichText(nothing)).toEqual({ html: '', text: '', anchors: [] })
  })

  it('never makes an element that is not its own, whatever is in the nodes', () => {
    const type = fc.constantFrom('paragraph', 'text', 'heading', 'list', 'listitem', 'link', 'table', 'tablecell', 'quote', 'script', 'root')
    const leaf = {
      type, text: fc.constantFrom('<img src=x onerror=y>', '"><svg onload=z>', '第一条 "\'<'), tag: fc.constantFrom('h2', 'script', 'h2 onclick=x'),
      format: fc.oneof(fc.integer(), fc.constant('center" onclick="x')), listType: fc.string(), headerState: fc.integer(), colSpan: fc.integer(),
      fields: fc.record({ url: fc.constantFrom('javascript:x()', 'https://a"b<c'), newTab: fc.boolean() }),
    }
    const level = (children: fc.Arbitrary<unknown[]>) => fc.record({ ...leaf, children }) as unknown as fc.Arbitrary<RichTextNode>
    const node = [0, 1, 2].reduce((below) => level(fc.array(below, { maxLength: 3 })), level(fc.constant([])))
    const OURS = /^<\/?(p|h[234]|ul|ol|li|a|strong|em|s|u|code|sub|sup|br|hr|blockquote|section|table|tbody|tr|td|th)( (id|class|start|href|target|rel|aria-label|tabindex|scope|colspan|rowspan)="[^"<>]*")*>$/
    fc.assert(fc.property(fc.array(node, { maxLength: 4 }), (nodes) => {
      for (const [element] of html(...nodes).matchAll(/<[^>]*>/g)) expect(element).toMatch(OURS)
      expect(html(...nodes)).not.toContain('javascript:')
    }), { numRuns: 300 })
  })
})

describe('links', () => {
  it.each([
    'https://www.jiangsu.gov.cn/a?b=1#c', 'HTTP://example.cn', 'mailto:bb@example.cn', 'tel:0512-57501234', 'tel:+86123', '/columns/updates/', '#第三条', '#h-2',
  ])('to %s are safe', (url) => expect(isSafeLink(url)).toBe(true))

  it.each([
    'javascript:alert(1)', 'JavaScript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///c:/x', '//evil.example', '/\\evil.example',
    'www.example.cn', '', 'https://', 'https://a b', 'blob:https://x', 'tel:javascript',
  ])('to %j are none', (url) => expect(isSafeLink(url)).toBe(false))

  it('that are not safe leave their words behind', () => {
    const link = (url: unknown, newTab = false): RichTextNode => ({ type: 'link', fields: { url, newTab }, children: [text('点此')] })
    expect(html(paragraph(link('javascript:alert(1)')))).toBe('<p>点此</p>')
    expect(html(paragraph(link({ toString: () => 'https://x.cn' })))).toBe('<p>点此</p>')
    expect(html(paragraph(link(' https://x.cn/?a=1&b="2" '.replace(/"/g, '%22'))))).toBe('<p><a href="https://x.cn/?a=1&#38;b=%222%22">点此</a></p>')
    expect(html(paragraph(link('https://x.cn', true)))).toBe('<p><a href="https://x.cn" target="_blank" rel="noopener noreferrer">点此</a></p>')
  })
})

describe('plainText and mediaInRichText', () => {
  it('give a line per block', () => {
    expect(plainText(root(heading('h2', '标题'), paragraph(text('甲'), { type: 'linebreak' }, text('乙')), paragraph(), paragraph(text(' 丙 '))))).toBe('标题\n甲 乙\n丙')
  })

  it('name the media that the text shows, wherever they stand', () => {
    expect(mediaInRichText(root({ type: 'upload', relationTo: 'media', value: 3 }, { type: 'quote', children: [{ type: 'upload', relationTo: 'media', value: { id: 4 } }] },
      { type: 'upload', relationTo: 'users', value: 5 }))).toEqual([3, 4])
  })
})
