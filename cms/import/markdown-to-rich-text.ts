import { marked, type Token, type Tokens } from 'marked'
import type { RichText, RichTextNode } from '@cluster/shared/publishing/rich-text'

const block = { direction: 'ltr', format: '', indent: 0, version: 1 } as const

/** Markdown → the editor's rich text. Markup of HTML gives nothing but its words. */
export function markdownToRichText(markdown: string): RichText {
  return { root: { type: 'root', ...block, children: blocks(marked.lexer(markdown)) } }
}

function blocks(tokens: readonly Token[]): RichTextNode[] {
  return tokens.flatMap((token): RichTextNode[] => {
    switch (token.type) {
      case 'heading': return [{ type: 'heading', tag: `h${Math.min(4, Math.max(2, token.depth))}`, ...block, children: inline(token.tokens ?? [], 0) }]
      case 'paragraph':
      case 'text': return [{ type: 'paragraph', ...block, textFormat: 0, textStyle: '', children: token.tokens ? inline(token.tokens, 0) : [text(token.text, 0)] }]
      case 'list': return [list(token as Tokens.List)]
      case 'blockquote': return [{ type: 'quote', ...block, children: (token.tokens ?? []).flatMap((inner) => inline('tokens' in inner ? inner.tokens ?? [] : [], 0)) }]
      case 'table': return [table(token as Tokens.Table)]
      case 'hr': return [{ type: 'horizontalrule', version: 1 }]
      default: return []
    }
  })
}

function list({ ordered, start, items }: Tokens.List): RichTextNode {
  return {
    type: 'list', listType: ordered ? 'number' : 'bullet', tag: ordered ? 'ol' : 'ul', start: ordered && start ? Number(start) : 1, ...block,
    children: items.map((item, index) => ({
      type: 'listitem', value: index + 1, ...block, children: item.tokens.flatMap((inner) => (inner.type === 'list' ? [list(inner as Tokens.List)] : inline('tokens' in inner ? inner.tokens ?? [] : [], 0))),
    })),
  }
}

function table({ header, rows }: Tokens.Table): RichTextNode {
  const row = (cells: Tokens.TableCell[], headerState: number): RichTextNode => ({
    type: 'tablerow', version: 1,
    children: cells.map((cell) => ({ type: 'tablecell', version: 1, headerState, colSpan: 1, rowSpan: 1, children: [{ type: 'paragraph', ...block, textFormat: 0, textStyle: '', children: inline(cell.tokens, 0) }] })),
  })
  return { type: 'table', version: 1, children: [row(header, 1), ...rows.map((cells) => row(cells, 0))] }
}

const text = (value: string, format: number): RichTextNode => ({ type: 'text', text: value, format, detail: 0, mode: 'normal', style: '', version: 1 })

function inline(tokens: readonly Token[], format: number): RichTextNode[] {
  return tokens.flatMap((token): RichTextNode[] => {
    switch (token.type) {
      case 'strong': return inline(token.tokens ?? [], format | 1)
      case 'em': return inline(token.tokens ?? [], format | 2)
      case 'br': return [{ type: 'linebreak', version: 1 }]
      case 'link': return [{ type: 'link', ...block, fields: { url: token.href, newTab: false, linkType: 'custom' }, children: inline(token.tokens ?? [], format) }]
      default: return 'tokens' in token && token.tokens ? inline(token.tokens, format) : [text('text' in token ? String(token.text) : token.raw, format)]
    }
  })
}
