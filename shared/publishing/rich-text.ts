import type { Anchor, Body, Picture } from '../delivery/records.ts'

/**
 * Rich text as the editor stores it (Lexical's serialised state), and its one way into public HTML.
 * Only the nodes named here exist for the public, every text is escaped and no style survives: what is not written here cannot leak
 * out of a working copy, whatever was pasted into it.
 */
export type RichTextNode = {
  type: string
  children?: RichTextNode[]
  text?: string
  format?: number | string
  tag?: string
  listType?: string
  start?: number
  fields?: { url?: unknown; newTab?: unknown; linkType?: string }
  relationTo?: string
  value?: unknown
  headerState?: number
  colSpan?: number
  rowSpan?: number
  [key: string]: unknown
}
export type RichText = { root: RichTextNode }

/** Bits of a text node's `format`. */
const FORMATS: ReadonlyArray<readonly [bit: number, tag: string]> = [
  [1, 'strong'], [2, 'em'], [4, 's'], [8, 'u'], [16, 'code'], [32, 'sub'], [64, 'sup'],
]
const HEADINGS = ['h2', 'h3', 'h4']
const ALIGNMENTS = ['center', 'right']
/** 第三条, 第一百二十条之一: how a statute numbers its articles. */
const ARTICLE = /^[\s\u3000]*(第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)/
const BLOCKS = new Set(['paragraph', 'heading', 'list', 'listitem', 'quote', 'table', 'tablerow', 'tablecell', 'upload', 'horizontalrule'])

type Rendering = {
  /** Media id → picture; a picture that is not here is left out. */
  pictures: ReadonlyMap<number, Picture>
  anchors: Anchor[]
  usedIds: Map<string, number>
  headings: number
  tables: number
}

/** Renders rich text into its public form. Unknown nodes give only what their children give. */
export function renderRichText(richText: RichText | null | undefined, pictures: ReadonlyMap<number, Picture> = new Map()): Body {
  if (!richText?.root) return { html: '', text: '', anchors: [] }
  const rendering: Rendering = { pictures, anchors: [], usedIds: new Map(), headings: 0, tables: 0 }
  const html = renderChildren(richText.root, rendering)
  return { html, text: plainText(richText), anchors: rendering.anchors }
}

/** The words alone, a line per block: for search, lengths and comparisons. */
export function plainText(richText: RichText | null | undefined): string {
  const lines: string[] = ['']
  const visit = (node: RichTextNode) => {
    if (BLOCKS.has(node.type) && lines[lines.length - 1] !== '') lines.push('')
    if (node.type === 'linebreak' || node.type === 'tab') lines[lines.length - 1] += ' '
    // Of text nodes only: what the HTML leaves out nobody has signed, and search must not bring it to light.
    if (node.type === 'text' && typeof node.text === 'string') lines[lines.length - 1] += node.text
    for (const child of node.children ?? []) visit(child)
  }
  if (richText?.root) visit(richText.root)
  return lines.map((line) => line.trim()).filter(Boolean).join('\n')
}

/** The media that the text shows. */
export function mediaInRichText(richText: RichText | null | undefined): number[] {
  const ids: number[] = []
  const visit = (node: RichTextNode) => {
    const id = node.type === 'upload' && node.relationTo === 'media' ? relationId(node.value) : null
    if (id !== null) ids.push(id)
    for (const child of node.children ?? []) visit(child)
  }
  if (richText?.root) visit(richText.root)
  return ids
}

/** A relationship is stored as an id or, populated, as the document itself. */
export function relationId(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number') return value.id
  return null
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * Addresses that a public text may link to; scripts, data and files of somebody's disk are none. Browsers read `/\` like `//`:
 * as another host.
 */
export function isSafeLink(url: string): boolean {
  return /^(https?:\/\/[^\s]+|mailto:[^\s]+|tel:[\d+-]+|\/(?![/\\])[^\s]*|#[^\s]*)$/i.test(url)
}

function renderChildren(node: RichTextNode, rendering: Rendering): string {
  let html = ''
  for (const child of node.children ?? []) html += renderNode(child, rendering)
  return html
}

function renderNode(node: RichTextNode, rendering: Rendering): string {
  switch (node.type) {
    case 'text': return renderText(node)
    case 'linebreak': return '<br>'
    case 'tab': return ' '
    case 'paragraph': return renderParagraph(node, rendering)
    case 'heading': return renderHeading(node, rendering)
    case 'list': {
      const tag = node.listType === 'number' ? 'ol' : 'ul'
      const start = tag === 'ol' && Number.isInteger(node.start) && node.start !== 1 ? ` start="${node.start}"` : ''
      return `<${tag}${start}>${renderItems(node, rendering)}</${tag}>`
    }
    case 'listitem': return `<li>${renderChildren(node, rendering)}</li>`
    case 'quote': return `<blockquote><p>${renderChildren(node, rendering)}</p></blockquote>`
    case 'link':
    case 'autolink': return renderLink(node, rendering)
    case 'horizontalrule': return '<hr>'
    case 'table': return renderTable(node, rendering)
    case 'tablerow': return `<tr>${renderChildren(node, rendering)}</tr>`
    case 'tablecell': return renderCell(node, rendering)
    case 'upload': return renderUpload(node, rendering)
    default: return renderChildren(node, rendering)
  }
}

/** The editor keeps a nested list in an item of its own; readers find it below the item that it belongs to. */
function renderItems(list: RichTextNode, rendering: Rendering): string {
  let html = ''
  for (const item of list.children ?? []) {
    const isNested = item.children?.length && item.children.every((child) => child.type === 'list')
    html = isNested && html.endsWith('</li>')
      ? `${html.slice(0, -'</li>'.length)}${renderChildren(item, rendering)}</li>`
      : html + renderNode(item, rendering)
  }
  return html
}

function renderText(node: RichTextNode): string {
  const format = typeof node.format === 'number' ? node.format : 0
  return FORMATS.reduce(
    (html, [bit, tag]) => (format & bit ? `<${tag}>${html}</${tag}>` : html), escapeHtml(node.text ?? ''))
}

function renderParagraph(node: RichTextNode, rendering: Rendering): string {
  const inner = renderChildren(node, rendering)
  if (!inner.trim()) return ''
  const article = ARTICLE.exec(plainText({ root: node }))?.[1]
  const id = article ? ` id="${anchor(rendering, article, 4, article)}"` : ''
  const alignment = typeof node.format === 'string' && ALIGNMENTS.includes(node.format) ? ` class="align-${node.format}"` : ''
  return `<p${id}${alignment}>${inner}</p>`
}

function renderHeading(node: RichTextNode, rendering: Rendering): string {
  const inner = renderChildren(node, rendering)
  const text = plainText({ root: node })
  if (!text) return ''
  const tag = HEADINGS.includes(node.tag ?? '') ? node.tag! : node.tag === 'h1' ? 'h2' : 'h4'
  rendering.headings += 1
  const id = anchor(rendering, `h-${rendering.headings}`, Number(tag[1]), text)
  return `<${tag} id="${id}">${inner}</${tag}>`
}

/** Ids stay unique where an annex begins its articles anew: the second 第一条 is `第一条-2`. */
function anchor(rendering: Rendering, id: string, level: number, text: string): string {
  const count = (rendering.usedIds.get(id) ?? 0) + 1
  rendering.usedIds.set(id, count)
  const unique = count === 1 ? id : `${id}-${count}`
  rendering.anchors.push({ id: unique, level, text })
  return unique
}

function renderLink(node: RichTextNode, rendering: Rendering): string {
  const inner = renderChildren(node, rendering)
  const url = typeof node.fields?.url === 'string' ? node.fields.url.trim() : ''
  if (!isSafeLink(url)) return inner
  const target = node.fields?.newTab === true ? ' target="_blank" rel="noopener noreferrer"' : ''
  return `<a href="${escapeHtml(url)}"${target}>${inner}</a>`
}

/** A wide table scrolls in a region of its own, by keyboard too; regions need names that tell them apart. */
function renderTable(node: RichTextNode, rendering: Rendering): string {
  rendering.tables += 1
  const rows = renderChildren(node, rendering)
  return `<section class="table-scroll" aria-label="表格 ${rendering.tables}" tabindex="0"><table><tbody>${rows}</tbody></table></section>`
}

function renderCell(node: RichTextNode, rendering: Rendering): string {
  const state = node.headerState ?? 0
  const tag = state > 0 ? 'th' : 'td'
  const scope = tag === 'th' ? ` scope="${state === 2 ? 'row' : 'col'}"` : ''
  const span = (name: 'colspan' | 'rowspan', count?: number) => (Number.isInteger(count) && count! > 1 ? ` ${name}="${count}"` : '')
  return `<${tag}${scope}${span('colspan', node.colSpan)}${span('rowspan', node.rowSpan)}>${renderChildren(node, rendering)}</${tag}>`
}

function renderUpload(node: RichTextNode, rendering: Rendering): string {
  const id = relationId(node.value)
  const picture = id === null ? undefined : rendering.pictures.get(id)
  return picture ? pictureHtml(picture) : ''
}

/** A picture with its sizes; the browser takes the smallest that fills the column. */
export function pictureHtml(picture: Picture): string {
  const widest = picture.sources[picture.sources.length - 1]!
  const address = (source: { hash: string; name: string }) => `/files/${source.hash}/${encodeURIComponent(source.name)}`
  const srcset = picture.sources.map((source) => `${address(source)} ${source.width}w`).join(', ')
  const caption = picture.caption ? `<figcaption>${escapeHtml(picture.caption)}</figcaption>` : ''
  return `<figure><img src="${address(widest)}" srcset="${srcset}" sizes="(min-width: 1024px) 720px, 100vw" width="${widest.width}" height="${widest.height}" alt="${escapeHtml(picture.alt)}" loading="lazy" decoding="async">${caption}</figure>`
}
