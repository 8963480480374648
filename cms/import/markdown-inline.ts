import type { MarkedToken, Token, Tokens } from 'marked'
import { isSafeLink, type RichTextNode } from '@cluster/shared/publishing/rich-text'

/** Bits of a text node's `format`, as the editor sets them. */
export const BOLD = 1
export const ITALIC = 2
export const STRIKETHROUGH = 4
export const CODE = 16

const lineBreak: RichTextNode = { type: 'linebreak', version: 1 }

/** Names that are markup; `<b` of something else, as in “a<b”, is text. */
const KNOWN_TAG =
  /^<\/?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|o:p|p|pre|q|s|small|span|strike|strong|style|script|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)\b[^>]*>$/i
const MARKUP = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<[^<>]*>/gi
const BREAKING_TAG = /^<\/?(?:br|p|div|li|tr|h[1-6]|dd|dt)\b/i

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: '　',
  middot: '·',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  times: '×',
  copy: '©',
  reg: '®',
  deg: '°',
  sect: '§',
  yen: '¥',
}

/** A character reference as its character; what is none stays as written. */
function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return NAMED[name] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16)
      const isCharacter = code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      return isCharacter ? String.fromCodePoint(code) : whole
    },
  )
}

export const textNode = (text: string, format = 0): RichTextNode => ({
  type: 'text',
  text,
  format,
  detail: 0,
  mode: 'normal',
  style: '',
  version: 1,
})

/** Text with its line breaks. */
export function textNodes(text: string, format: number): RichTextNode[] {
  return text.split('\n').flatMap((line, index) => [
    ...(index > 0 ? [lineBreak] : []),
    ...(line ? [textNode(line, format)] : []),
  ])
}

/** The inline part of Markdown: emphasis, links, breaks. Neighbouring texts of one format become one. */
export function inlineNodes(tokens: readonly Token[], format = 0): RichTextNode[] {
  return merged((tokens as readonly MarkedToken[]).flatMap((token) => inlineNode(token, format)))
}

function inlineNode(token: MarkedToken, format: number): RichTextNode[] {
  switch (token.type) {
    case 'strong':
      return inlineNodes(token.tokens, format | BOLD)
    case 'em':
      return inlineNodes(token.tokens, format | ITALIC)
    case 'del':
      return inlineNodes(token.tokens, format | STRIKETHROUGH)
    case 'codespan':
      return textNodes(token.text, format | CODE)
    case 'br':
      return [lineBreak]
    case 'link':
      return linkNodes(token, format)
    case 'image':
      return textNodes(decode(token.text), format)
    case 'html':
      return textNodes(decode(withoutMarkup(token.raw)), format)
    case 'escape':
      return textNodes(token.text, format)
    case 'text':
      return token.tokens ? inlineNodes(token.tokens, format) : textNodes(decode(token.text), format)
    case 'checkbox':
      return textNodes(token.checked ? '☑ ' : '☐ ', format)
    default:
      return textNodes(token.raw, format)
  }
}

/** The words between the tags, a line for each block; comments, scripts and styles have none. */
function withoutMarkup(html: string): string {
  return html
    .replace(MARKUP, (markup) => {
      if (/^<!--|^<(?:script|style)\b/i.test(markup)) return ''
      if (!KNOWN_TAG.test(markup)) return markup
      return BREAKING_TAG.test(markup) ? '\n' : ''
    })
    .replace(/\n[ \t]*(?:\n[ \t]*)+/g, '\n')
}

/** A bare address ends where Chinese text goes on without a space. */
function linkNodes(token: Tokens.Link, format: number): RichTextNode[] {
  const bare = token.autolink ? /^[\x21-\x7e]+/.exec(token.text)?.[0] : undefined
  const url =
    bare === undefined ? token.href : token.href.slice(0, token.href.length - (token.text.length - bare.length))
  const rest = bare === undefined ? '' : token.text.slice(bare.length)
  const children = bare === undefined ? inlineNodes(token.tokens, format) : textNodes(bare, format)
  if (!isSafeLink(url)) return [...children, ...textNodes(rest, format)]
  const link: RichTextNode = {
    type: 'link',
    version: 3,
    format: '',
    indent: 0,
    direction: null,
    children,
    fields: { linkType: 'custom', url, newTab: false },
  }
  return [link, ...textNodes(rest, format)]
}

function merged(nodes: RichTextNode[]): RichTextNode[] {
  const result: RichTextNode[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text' && last.format === node.format) {
      result[result.length - 1] = { ...last, text: `${last.text}${node.text}` }
    } else {
      result.push(node)
    }
  }
  return result
}

/** What blocks say, as lines: for places that hold no blocks of their own. */
export function lineNodes(blocks: readonly RichTextNode[]): RichTextNode[] {
  return blocks.flatMap((block, index) => [...(index > 0 ? [lineBreak] : []), ...wordsOf(block)])
}

function wordsOf(node: RichTextNode): RichTextNode[] {
  if (['paragraph', 'heading', 'quote'].includes(node.type)) return node.children ?? []
  return lineNodes(node.children ?? [])
}
