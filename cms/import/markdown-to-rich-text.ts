import { Lexer, type MarkedToken, type Tokens } from 'marked'
import type { RichText, RichTextNode } from '@cluster/shared/publishing/rich-text'
import { CODE, inlineNodes, lineNodes, textNode, textNodes } from './markdown-inline.ts'
import { cutPlainBlocks, type MarkdownPiece } from './plain-blocks.ts'

const element = (type: string, children: RichTextNode[], more: Partial<RichTextNode> = {}): RichTextNode => ({
  type,
  format: '',
  indent: 0,
  version: 1,
  direction: null,
  children,
  ...more,
})
const paragraph = (children: RichTextNode[]) => element('paragraph', children)

/** Markdown knows six levels, an office's text three; the page's own title is the first. */
const HEADING_OF_DEPTH: Record<number, string> = { 1: 'h2', 2: 'h2', 3: 'h3' }
const heading = (children: RichTextNode[], depth: number) =>
  element('heading', children, { tag: HEADING_OF_DEPTH[depth] ?? 'h4' })

/**
 * Markdown as the editor would hold it: headings, paragraphs, lists, tables, quotes, emphasis, links and rules. Markup
 * and comments of HTML vanish, every word stays: what Markdown reads as code, definition or picture becomes text.
 */
export function markdownToRichText(markdown: string): RichText {
  const children = cutPlainBlocks(markdown.replace(/\r\n?/g, '\n')).flatMap(pieceNodes)
  // The editor cannot open a text without a single paragraph.
  return { root: element('root', children.length > 0 ? children : [paragraph([])]) }
}

/** The same by the whole grammar alone, without a short cut for plain words. */
export function markdownByGrammar(markdown: string): RichTextNode[] {
  return (new Lexer({ gfm: true }).lex(markdown) as MarkedToken[]).flatMap(blockNodes)
}

function pieceNodes(piece: MarkdownPiece): RichTextNode[] {
  switch (piece.kind) {
    case 'grammar':
      return markdownByGrammar(piece.markdown)
    case 'paragraph':
      return [paragraph([textNode(piece.text)])]
    case 'heading':
      return [heading([textNode(piece.text)], piece.depth)]
  }
}

function blockNodes(token: MarkedToken): RichTextNode[] {
  switch (token.type) {
    case 'space':
      return []
    case 'heading':
      return filled(inlineNodes(token.tokens), (children) => heading(children, token.depth))
    case 'paragraph':
      return filled(inlineNodes(token.tokens), paragraph)
    case 'text':
      return filled(inlineNodes(token.tokens ?? [token]), paragraph)
    case 'list':
      return listNodes(token)
    case 'table':
      return [tableNode(token)]
    case 'blockquote':
      return quoteNodes(token)
    case 'hr':
      return [{ type: 'horizontalrule', version: 1 }]
    case 'code':
      return codeNodes(token)
    case 'html':
      return filled(inlineNodes([token]), paragraph)
    // A link definition shows nothing in Markdown, yet somebody wrote these words.
    default:
      return filled(textNodes(token.raw.trim(), 0), paragraph)
  }
}

function filled(children: RichTextNode[], make: (children: RichTextNode[]) => RichTextNode): RichTextNode[] {
  const trimmed = trimLines(children)
  return trimmed.length > 0 ? [make(trimmed)] : []
}

/** Indents made of spaces (ideographic ones too) belong to the page's style; line breaks at the ends show nothing. */
function trimLines(nodes: RichTextNode[]): RichTextNode[] {
  const isBlank = (node: RichTextNode) => node.type === 'linebreak' || (node.type === 'text' && !node.text?.trim())
  let [start, end] = [0, nodes.length]
  while (start < end && isBlank(nodes[start]!)) start += 1
  while (end > start && isBlank(nodes[end - 1]!)) end -= 1
  return nodes
    .slice(start, end)
    .map((node, index) => (index === 0 && node.type === 'text' ? { ...node, text: node.text!.trimStart() } : node))
}

/**
 * A list keeps the numbers that its author wrote: Markdown counts on from the first, so a list begins anew where the
 * text jumps. A nested list stands in an item of its own, as in the editor.
 */
function listNodes(token: Tokens.List): RichTextNode[] {
  const lists: RichTextNode[] = []
  let next = Number.NaN
  for (const item of token.items) {
    const written = token.ordered ? Number(/^\s*(\d{1,9})[.)]/.exec(item.raw)?.[1] ?? next) : 1
    if (lists.length === 0 || (token.ordered && written !== next)) lists.push(listNode(token.ordered, written))
    const items = itemContents(item).map((children) => element('listitem', children, { value: written }))
    lists.at(-1)!.children!.push(...items)
    next = written + 1
  }
  return lists
}

const listNode = (isOrdered: boolean, start: number) =>
  element('list', [], {
    listType: isOrdered ? 'number' : 'bullet',
    tag: isOrdered ? 'ol' : 'ul',
    start: isOrdered ? start : 1,
  })

function itemContents(item: Tokens.ListItem): RichTextNode[][] {
  const contents: RichTextNode[][] = [[]]
  for (const token of item.tokens as MarkedToken[]) {
    const current = contents.at(-1)!
    if (token.type === 'list') {
      contents.push(...listNodes(token).map((list) => [list]), [])
    } else if (token.type === 'checkbox') {
      current.push(...inlineNodes([token]))
    } else {
      const lines = lineNodes(blockNodes(token))
      if (current.length > 0 && lines.length > 0 && !item.task) current.push({ type: 'linebreak', version: 1 })
      current.push(...lines)
    }
  }
  const present = contents.map(trimLines).filter((children) => children.length > 0)
  return present.length > 0 ? present : [[]]
}

/** A quote holds lines, not blocks: its paragraphs are set apart by line breaks, a list or table stands after it. */
function quoteNodes(token: Tokens.Blockquote): RichTextNode[] {
  const inner = (token.tokens as MarkedToken[]).flatMap(blockNodes)
  const isLine = ({ type }: RichTextNode) => ['paragraph', 'heading', 'quote'].includes(type)
  const quoted = lineNodes(inner.filter(isLine))
  return [...filled(quoted, (children) => element('quote', children)), ...inner.filter((node) => !isLine(node))]
}

/** Four spaces before a Chinese paragraph are its indent, not code; fenced code keeps its lines. */
function codeNodes(token: Tokens.Code): RichTextNode[] {
  if (token.codeBlockStyle !== 'indented') return filled(textNodes(token.text, CODE), paragraph)
  return token.text
    .split(/\n\s*\n/)
    .flatMap((part) => filled(inlineNodes(new Lexer({ gfm: true }).inlineTokens(part.trim())), paragraph))
}

function tableNode(token: Tokens.Table): RichTextNode {
  const row = (cells: Tokens.TableCell[], headerState: number) =>
    element(
      'tablerow',
      cells.map((cell) =>
        element('tablecell', [paragraph(trimLines(inlineNodes(cell.tokens)))], {
          headerState,
          colSpan: 1,
          rowSpan: 1,
          backgroundColor: null,
        }),
      ),
    )
  // A header row that says nothing is only there because Markdown demands one.
  const hasHeader = token.header.some(({ text }) => text.trim())
  return element('table', [...(hasHeader ? [row(token.header, 1)] : []), ...token.rows.map((cells) => row(cells, 0))])
}
