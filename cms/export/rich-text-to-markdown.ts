import { isSafeLink, relationId, type RichText, type RichTextNode } from '@cluster/shared/publishing/rich-text'

/** What to write for a medium that stands in the text; null where it is left out. */
type NamePicture = (mediaId: number) => { alt: string, path: string } | null

/** Rich text as CommonMark with tables: headings, paragraphs, lists, quotes, tables, emphasis, links and pictures. */
export function richTextToMarkdown(richText: RichText | null | undefined, namePicture: NamePicture = () => null): string {
  if (!richText?.root) return ''
  return `${blocks(richText.root, namePicture).join('\n\n')}\n`
}

function blocks(node: RichTextNode, name: NamePicture): string[] {
  return (node.children ?? []).flatMap((child) => block(child, name)).filter((text) => text.trim() !== '')
}

function block(node: RichTextNode, name: NamePicture): string[] {
  switch (node.type) {
    case 'paragraph': return [guardStart(inline(node))]
    case 'heading': return [`${'#'.repeat(Math.max(2, Number(node.tag?.[1] ?? 4)))} ${inline(node).replaceAll('\n', ' ')}`]
    case 'list': return [list(node, name)]
    case 'quote': return [guardStart(inline(node)).split('\n').map((line) => `> ${line}`).join('\n')]
    case 'horizontalrule': return ['---']
    case 'table': return [table(node)]
    case 'upload': {
      const id = relationId(node.value)
      const picture = id === null ? null : name(id)
      return picture ? [`![${escape(picture.alt)}](<${picture.path}>)`] : []
    }
    default: return node.children?.some(isBlock) ? blocks(node, name) : [guardStart(inline(node))]
  }
}

const isBlock = ({ type }: RichTextNode) => ['paragraph', 'heading', 'list', 'quote', 'table', 'upload', 'horizontalrule'].includes(type)

function list(node: RichTextNode, name: NamePicture): string {
  let number = Number.isInteger(node.start) ? node.start! : 1
  const lines: string[] = []
  for (const item of node.children ?? []) {
    const mark = node.listType === 'number' ? `${number}. ` : '- '
    const indent = ' '.repeat(mark.length)
    const inner = (item.children ?? []).filter((child) => child.type === 'list')
    const words = guardStart(inline({ ...item, children: (item.children ?? []).filter((child) => child.type !== 'list') }))
    if (words.trim() !== '' || inner.length === 0) {
      lines.push(mark + words.replaceAll('\n', `\n${indent}`))
      number += 1
    }
    for (const nested of inner) lines.push(...list(nested, name).split('\n').map((line) => indent + line))
  }
  return lines.join('\n')
}

function table(node: RichTextNode): string {
  const rows = (node.children ?? []).map((row) => (row.children ?? []).map((cell) => cellText(cell).replaceAll('\\\n', '<br>').replaceAll('\n', '<br>')))
  const width = Math.max(1, ...rows.map((row) => row.length))
  const line = (cells: readonly string[]) => `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`
  const [head = [], ...rest] = rows
  return [line(head), line(Array.from({ length: width }, () => '---')), ...rest.map(line)].join('\n')
}

function cellText(cell: RichTextNode): string {
  return (cell.children ?? []).map((child) => (isBlock(child) ? inline(child) : inline({ type: 'paragraph', children: [child] })))
    .filter((text) => text !== '').join('\n')
}

function inline(node: RichTextNode): string {
  return (node.children ?? []).map((child) => {
    switch (child.type) {
      case 'text': return marked(child)
      case 'linebreak': return '\\\n'
      case 'tab': return ' '
      case 'link':
      case 'autolink': {
        const url = typeof child.fields?.url === 'string' ? child.fields.url.trim() : ''
        return isSafeLink(url) ? `[${inline(child)}](<${url.replaceAll('>', '%3E').replaceAll('|', '%7C')}>)` : inline(child)
      }
      default: return inline(child)
    }
  }).join('')
}

const MARKS: ReadonlyArray<readonly [bit: number, open: string, close: string]> = [
  [8, '<u>', '</u>'], [32, '<sub>', '</sub>'], [64, '<sup>', '</sup>'], [4, '~~', '~~'], [2, '*', '*'], [1, '**', '**'],
]

/** Marks stand at words: CommonMark does not read them beside a space. */
function marked(node: RichTextNode): string {
  const text = node.text ?? ''
  const format = typeof node.format === 'number' ? node.format : 0
  const words = text.trim()
  if (format === 0 || words === '') return escape(text)
  const [before, after] = [text.slice(0, text.indexOf(words)), text.slice(text.indexOf(words) + words.length)]
  return before + MARKS.reduce((inner, [bit, open, close]) => (format & bit ? open + inner + close : inner), escape(words)) + after
}

/** Signs that Markdown would take for markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>~|#]/g, '\\$&').replaceAll('&', '&amp;')
}

/** A line that begins like a list, a rule or an underlined heading is still a line of words. */
function guardStart(text: string): string {
  return text.split('\n').map((line) => line
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')).join('\n')
}
