import { describe, expect, it } from 'vitest'
import { plainText, renderRichText } from '@cluster/shared/publishing/rich-text'
import { markdownByGrammar, markdownToRichText } from './markdown-to-rich-text.ts'

const html = (markdown: string) => renderRichText(markdownToRichText(markdown)).html
const words = (markdown: string) => plainText(markdownToRichText(markdown))

describe('Markdown as rich text', () => {
  it('keeps headings, paragraphs and the anchors of articles', () => {
    const { html: page, anchors } = renderRichText(
      markdownToRichText('## 第一章  总则\n\n第一条 为了规范，制定本条例。\n\n### 第一节\n\n第二条 本市适用。'),
    )
    expect(page).toBe(
      '<h2 id="h-1">第一章  总则</h2><p id="第一条">第一条 为了规范，制定本条例。</p><h3 id="h-2">第一节</h3><p id="第二条">第二条 本市适用。</p>',
    )
    expect(anchors.map(({ id }) => id)).toEqual(['h-1', '第一条', 'h-2', '第二条'])
  })

  it('keeps emphasis, strikes, links and line breaks', () => {
    expect(html('**甲** *乙* ~~丙~~ [丁](https://www.gov.cn/ "标题")\n戊')).toBe(
      '<p><strong>甲</strong> <em>乙</em> <s>丙</s> <a href="https://www.gov.cn/">丁</a><br>戊</p>',
    )
  })

  it('ends a bare address where Chinese text goes on', () => {
    expect(html('见 https://www.gov.cn/a，或来电')).toBe(
      '<p>见 <a href="https://www.gov.cn/a">https://www.gov.cn/a</a>，或来电</p>',
    )
  })

  it('keeps only the words of a link that leads to a script', () => {
    expect(html('[点我](javascript:alert)')).toBe('<p>点我</p>')
  })

  it('keeps the numbers that were written, also where they jump', () => {
    expect(html('3. 甲\n\n4. 乙\n\n7. 丙')).toBe(
      '<ol start="3"><li>甲</li><li>乙</li></ol><ol start="7"><li>丙</li></ol>',
    )
  })

  it('keeps nested lists and tasks', () => {
    expect(words('- 甲\n  - 乙\n  - 丙\n- [ ] 丁\n- [x] 戊')).toBe('甲\n乙\n丙\n☐ 丁\n☑ 戊')
  })

  it('keeps a nested list below its item', () => {
    expect(html('1. 甲\n   - 乙\n\n2. 丙')).toBe('<ol><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol>')
  })

  it('keeps tables with their header', () => {
    const table = markdownToRichText('| 条文 | 罪名 |\n|---|---|\n| 第114条 | **投放**罪 |').root.children![0]!
    expect(
      table.children!.map((row) => row.children!.map((cell) => [cell.headerState, plainText({ root: cell })])),
    ).toEqual([
      [
        [1, '条文'],
        [1, '罪名'],
      ],
      [
        [0, '第114条'],
        [0, '投放罪'],
      ],
    ])
  })

  it('keeps quotes and rules', () => {
    expect(html('> 甲\n>\n> 乙\n\n---')).toBe('<blockquote><p>甲<br>乙</p></blockquote><hr>')
  })

  it('lets markup and comments vanish and keeps the words between them', () => {
    expect(words('<!-- 注 -->\n\n<div>甲<br>乙</div>\n\n丙<b>丁</b>戊')).toBe('甲 乙\n丙丁戊')
    expect(words('<script>alert(1)</script>\n\n甲')).toBe('甲')
  })

  it('takes what only looks like markup for words', () => {
    expect(words('若 a<c 且 d>e，则 1<2 &amp; 3&gt;2')).toBe('若 a<c 且 d>e，则 1<2 & 3>2')
  })

  it('keeps what Markdown would not show: pictures by their text, definitions, code, indents', () => {
    expect(words('![示意图](a.png)')).toBe('示意图')
    expect(words('[注]: https://a.example/b')).toBe('[注]: https://a.example/b')
    expect(words('```\n甲\n乙\n```')).toBe('甲 乙')
    expect(words('    第一段\n\n　　第二段')).toBe('第一段\n第二段')
  })

  it('gives the editor a paragraph even when there are no words', () => {
    expect(markdownToRichText(' \n').root.children).toMatchObject([{ type: 'paragraph', children: [] }])
  })

  it.each([
    '第一条 甲。\n\n第二条 乙。',
    '# 甲\n\n乙\n\n1. 丙\n\n2. 丁\n\n戊',
    '甲\n乙\n\n- 丙\n\n  丁\n\n己',
    '## 甲 ##\n\n乙  \n\n\n\n丙',
    '甲\n---\n\n乙 \n \n丙',
    '10.甲\n\n(一) 乙\n\n1）丙',
    '```\n\n甲\n\n```\n\n乙',
    '> 甲\n乙\n\n丙',
    '甲|乙\n-|-\n丙|丁\n\n戊',
    '甲 www.a.cn 乙\n\nx@y.cn',
  ])('reads plain words past the grammar to the same end: %j', (markdown) => {
    expect(markdownToRichText(markdown).root.children).toEqual(markdownByGrammar(markdown))
  })
})
