import { isSafeLink } from './rich-text.ts'
import { listsFromOffice, type OfficeLine } from './office-lists.ts'

export type CleanedPaste = {
  /** Paragraphs, headings, lists, tables and emphasis; no fonts, colours, sizes or comments. */
  html: string
  /** Pictures that were left behind: a picture needs an alternative text, and so it is uploaded by itself. */
  droppedPictures: number
}

/** Never shown, or shown in Word's margin only: 批注, deleted text of 修订模式, document properties. */
const DROPPED = new Set(['style', 'script', 'xml', 'meta', 'link', 'title', 'head', 'template', 'object', 'embed', 'iframe', 'del',
  'button', 'input', 'select', 'textarea', 'svg', 'canvas', 'audio', 'video', 'noscript', 'colgroup', 'col', 'caption'])
const EMPHASIS: Record<string, string> = { b: 'strong', strong: 'strong', i: 'em', em: 'em', u: 'u', s: 's', strike: 's', sub: 'sub', sup: 'sup' }
const BLOCKS = new Set(['p', 'div', 'section', 'article', 'main', 'header', 'footer', 'center', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'address', 'pre'])
const HEADING = /^h[1-6]$/
/** Leading and trailing blanks of a paragraph: Chinese indents are drawn by the page, not typed. */
const EDGE_BLANKS = /^[\s\u3000\u00a0]+|[\s\u3000\u00a0]+$/g

/** The number or bullet that Word writes itself; read before the words are cleaned. */
const MARKER = /mso-list:\s*ignore/

type Cleaning = { out: Document; droppedPictures: number; topHeading: number }

/**
 * Cleans what was copied from Word, WPS or a web page, so that only what an office's text consists of reaches the editor.
 * `parse` turns HTML into a document (a browser's `DOMParser`); nothing of it is executed.
 */
export function cleanPastedHtml(html: string, parse: (html: string) => Document): CleanedPaste {
  const source = parse(html)
  const out = parse('')
  const cleaning: Cleaning = { out, droppedPictures: 0, topHeading: topHeadingOf(source.body) }
  const container = out.createElement('div')
  container.append(...cleanBlocks(source.body, cleaning))
  return { html: container.innerHTML, droppedPictures: cleaning.droppedPictures }
}

/** The children of a block as clean blocks; words that lie between blocks become paragraphs. */
function cleanBlocks(parent: Element, cleaning: Cleaning): Node[] {
  const blocks: Array<Node | OfficeLine> = []
  let line = cleaning.out.createElement('p')
  const endLine = () => {
    blocks.push(...filled(line))
    line = cleaning.out.createElement('p')
  }
  for (const child of parent.childNodes) {
    if (!isElement(child) || !isBlock(child)) {
      cleanInline(child, line, cleaning)
      continue
    }
    endLine()
    blocks.push(...cleanBlock(child, cleaning))
  }
  endLine()
  return listsFromOffice(blocks, cleaning.out)
}

function cleanBlock(element: Element, cleaning: Cleaning): Array<Node | OfficeLine> {
  if (isHidden(element)) return []
  const name = element.localName
  const { out } = cleaning
  if (name === 'hr') return [out.createElement('hr')]
  if (name === 'table') return cleanTable(element, cleaning)
  if (name === 'ul' || name === 'ol') return cleanList(element, cleaning)
  if (name === 'blockquote') {
    const quote = out.createElement('blockquote')
    cleanInline(element, quote, cleaning)
    return filled(quote)
  }
  if (HEADING.test(name)) return filled(cleanHeading(element, cleaning))
  if ([...element.children].some(isBlock)) return cleanBlocks(element, cleaning)
  const marker = officeMarker(element)
  const paragraph = out.createElement('p')
  const alignment = alignmentOf(element)
  if (alignment) paragraph.setAttribute('style', `text-align: ${alignment}`)
  for (const child of element.childNodes) cleanInline(child, paragraph, cleaning)
  return filled(paragraph).map((block) => (marker ? { ...marker, content: block } : block))
}

function cleanHeading(element: Element, cleaning: Cleaning): Element {
  // The page's own title is h1, so that the highest heading of a text becomes h2.
  const level = Math.min(4, Number(element.localName[1]) - cleaning.topHeading + 2)
  const heading = cleaning.out.createElement(`h${level}`)
  for (const child of element.childNodes) cleanInline(child, heading, cleaning)
  return heading
}

function cleanList(list: Element, cleaning: Cleaning): Element[] {
  const cleaned = cleaning.out.createElement(list.localName)
  const start = list.getAttribute('start')
  if (list.localName === 'ol' && start && /^\d{1,4}$/.test(start) && start !== '1') cleaned.setAttribute('start', start)
  for (const child of list.children) {
    if (child.localName === 'ul' || child.localName === 'ol') {
      // Word Online and some sites hang a nested list on the list itself.
      const last = cleaned.lastElementChild ?? cleaned.appendChild(cleaning.out.createElement('li'))
      last.append(...cleanList(child, cleaning))
      continue
    }
    const item = cleaning.out.createElement('li')
    for (const part of child.childNodes) {
      if (isElement(part) && (part.localName === 'ul' || part.localName === 'ol')) item.append(...cleanList(part, cleaning))
      else cleanInline(part, item, cleaning)
    }
    cleaned.append(...filled(item))
  }
  return cleaned.childNodes.length > 0 ? [cleaned] : []
}

/** Tables keep their cells and spans; widths are the page's affair. */
function cleanTable(table: Element, cleaning: Cleaning): Element[] {
  const cleaned = cleaning.out.createElement('table')
  for (const row of table.querySelectorAll('tr')) {
    if (row.closest('table') !== table) continue
    const cleanRow = cleaning.out.createElement('tr')
    for (const cell of row.children) {
      if (cell.localName !== 'td' && cell.localName !== 'th') continue
      const cleanCell = cleaning.out.createElement(cell.localName)
      for (const span of ['colspan', 'rowspan']) {
        const count = cell.getAttribute(span)
        if (count && /^\d{1,3}$/.test(count) && Number(count) > 1) cleanCell.setAttribute(span, count)
      }
      cleanCell.append(...cleanBlocks(cell, cleaning))
      cleanRow.append(cleanCell)
    }
    if (cleanRow.childNodes.length > 0) cleaned.append(cleanRow)
  }
  return cleaned.childNodes.length > 0 ? [cleaned] : []
}

function cleanInline(node: Node, target: Element, cleaning: Cleaning): void {
  if (node.nodeType === 3) {
    // Line breaks of Word's HTML source are no spaces in Chinese; a tab of several spaces is one.
    const words = (node.textContent ?? '').replace(/\s*[\r\n]+\s*/g, (blank, at: number, all: string) => gapBetween(all[at - 1], all[at + blank.length]))
    target.append(words.replace(/[ \t\u00a0]{2,}/g, ' '))
    return
  }
  if (!isElement(node) || isHidden(node)) return
  const name = node.localName
  if (name === 'img' || name === 'v:imagedata') {
    cleaning.droppedPictures += 1
    return
  }
  if (name === 'br') {
    target.append(cleaning.out.createElement('br'))
    return
  }
  let inner = target
  for (const tag of emphasisOf(node)) inner = inner.appendChild(cleaning.out.createElement(tag))
  const address = name === 'a' ? node.getAttribute('href')?.trim() ?? '' : ''
  if (address && !address.startsWith('#') && isSafeLink(address)) {
    const link = cleaning.out.createElement('a')
    link.setAttribute('href', address)
    inner = inner.appendChild(link)
  }
  for (const child of node.childNodes) cleanInline(child, inner, cleaning)
}

/** Between two Latin words a line break is a space; next to a Chinese character or at an edge it is nothing. */
const gapBetween = (before = '', after = '') => (/[!-~]/.test(before) && /[!-~]/.test(after) ? ' ' : '')

function emphasisOf(element: Element): string[] {
  const own = EMPHASIS[element.localName]
  if (own) return [own]
  if (element.localName !== 'span' && element.localName !== 'font') return []
  const style = styleOf(element)
  return [
    ...(/font-weight:\s*(bold|[6-9]00)/.test(style) ? ['strong'] : []),
    ...(/font-style:\s*italic/.test(style) ? ['em'] : []),
    ...(/text-decoration[^;]*:[^;]*underline/.test(style) ? ['u'] : []),
  ]
}

/** The number or bullet that Word writes before a list paragraph, and how deep the paragraph lies. */
function officeMarker(element: Element): { marker: string; level: number } | null {
  const marker = [...element.querySelectorAll('[style]')].find((child) => MARKER.test(styleOf(child)))
  const level = /mso-list:[^;]*level(\d)/.exec(styleOf(element))?.[1] ?? '1'
  return marker ? { marker: marker.textContent?.trim() ?? '', level: Number(level) } : null
}

function isHidden(element: Element): boolean {
  const style = styleOf(element)
  const kind = element.getAttribute('class') ?? ''
  return DROPPED.has(element.localName) || MARKER.test(style) || /mso-hide:\s*all|display:\s*none|mso-element:\s*comment/.test(style)
    || /mso-special-character:\s*comment|mso-comment-(?:continuation|reference)/.test(style) || /\bMsoComment|\bmsocom|\bmsoDel\b/i.test(kind)
}

function alignmentOf(element: Element): string | null {
  const found = /text-align:\s*(center|right)/.exec(styleOf(element))?.[1] ?? element.getAttribute('align')?.toLowerCase()
  return found === 'center' || found === 'right' ? found : null
}

/** The block itself without blanks at its edges, or nothing when nothing is left. */
function filled(block: Element): Element[] {
  const texts: Text[] = []
  const collect = (node: Node) => {
    if (node.nodeType === 3) texts.push(node as Text)
    for (const child of node.childNodes) collect(child)
  }
  collect(block)
  for (const text of texts) {
    text.data = text.data.replace(EDGE_BLANKS, (blanks, at: number) => (at === 0 ? '' : blanks))
    if (text.data) break
  }
  for (const text of texts.reverse()) {
    text.data = text.data.replace(EDGE_BLANKS, (blanks, at: number) => (at === 0 && text.data.trim() ? blanks : ''))
    if (text.data) break
  }
  return block.textContent?.trim() ? [block] : []
}

function topHeadingOf(body: Element): number {
  const levels = [...body.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) => Number(localName[1]))
  return levels.length > 0 ? Math.min(...levels) : 1
}

const isBlock = (element: Element): boolean =>
  BLOCKS.has(element.localName) || HEADING.test(element.localName) || ['table', 'ul', 'ol', 'blockquote', 'hr'].includes(element.localName)
const isElement = (node: Node): node is Element => node.nodeType === 1
const styleOf = (element: Element): string => (element.getAttribute('style') ?? '').toLowerCase()
