import { isSafeLink, type RichText, type RichTextNode } from './rich-text.ts'

/** What a stored text may consist of: the nodes that the public rendering knows. */
const BLOCKS = new Set(['paragraph', 'heading', 'list', 'quote', 'horizontalrule', 'table', 'upload'])
const PARTS_OF_BLOCKS = new Set(['listitem', 'tablerow', 'tablecell'])
const INLINE = new Set(['text', 'linebreak', 'tab', 'link', 'autolink'])
/** Bold, italic, strikethrough, underline, code, subscript, superscript. */
const KNOWN_FORMATS = 0b111_1111

/**
 * Brings a text that is about to be saved into the form that is kept: nodes that no page can show, and links that are not safe to
 * follow, give way to their words, fonts and colours go, and so do empty paragraphs before the first and after the last line. No word is
 * lost, and the answer cleaned again is the same.
 */
export function cleanRichText(richText: RichText): RichText {
  const blocks = asBlocks(richText.root.children ?? [])
  const filled = blocks.map((block) => !isEmptyParagraph(block))
  const first = filled.indexOf(true)
  const children = first === -1 ? blocks.slice(0, 1) : blocks.slice(first, filled.lastIndexOf(true) + 1)
  return { ...richText, root: { ...richText.root, children } }
}

/** Deeper than any table in a list in a cell; beyond it a text would exhaust whoever reads it. */
const MAX_DEPTH = 60

/**
 * A text of unknown origin, as a stored row or a request has it, in the clean form: what is no node is left out, and so is everything below
 * the depth that a text can have. Null when there is no text at all.
 */
export function readRichText(value: unknown): RichText | null {
  const root = typeof value === 'object' && value !== null && 'root' in value ? readNode(value.root, 0) : null
  return root ? cleanRichText({ root: { ...root, type: 'root' } }) : null
}

function readNode(value: unknown, depth: number): RichTextNode | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > MAX_DEPTH) return null
  const { children, text, fields, ...rest } = value as Record<string, unknown>
  return {
    ...rest,
    type: typeof rest.type === 'string' ? rest.type : 'unknown',
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof fields === 'object' && fields !== null ? { fields } : {}),
    ...(Array.isArray(children) ? { children: children.flatMap((child) => readNode(child, depth + 1) ?? []) } : {}),
  }
}

/** Blocks stay as they are; inline nodes that lie between them, left over from an unknown node, become paragraphs. */
function asBlocks(nodes: readonly RichTextNode[]): RichTextNode[] {
  const blocks: RichTextNode[] = []
  let line: RichTextNode[] = []
  const endLine = () => {
    if (line.length > 0) blocks.push(paragraphOf(line))
    line = []
  }
  for (const node of nodes.flatMap(cleanNode)) {
    if (INLINE.has(node.type)) line.push(node)
    else {
      endLine()
      blocks.push(node)
    }
  }
  endLine()
  return blocks
}

function cleanNode(node: RichTextNode): RichTextNode[] {
  const isKnown = BLOCKS.has(node.type) || PARTS_OF_BLOCKS.has(node.type) || INLINE.has(node.type)
  if (!isKnown) {
    const words = typeof node.text === 'string' && node.text ? [textOf(node)] : []
    return [...words, ...(node.children ?? []).flatMap(cleanNode)]
  }
  if (node.type === 'text') return [textOf(node)]
  // A link that leads nowhere safe gives way to its words.
  if ((node.type === 'link' || node.type === 'autolink') && !isSafeLink(addressOf(node))) return (node.children ?? []).flatMap(cleanNode)
  const { style: _, textStyle, ...kept } = node
  const plain: RichTextNode = textStyle === undefined ? kept : { ...kept, textStyle: '' }
  if (!node.children) return [plain]
  return [{ ...plain, children: node.type === 'tablecell' ? asBlocks(node.children) : node.children.flatMap(cleanNode) }]
}

const addressOf = ({ fields }: RichTextNode) => (typeof fields?.url === 'string' ? fields.url.trim() : '')

function textOf(node: RichTextNode): RichTextNode {
  const format = typeof node.format === 'number' ? node.format & KNOWN_FORMATS : 0
  return { type: 'text', version: 1, text: node.text ?? '', format, detail: 0, mode: 'normal', style: '' }
}

const paragraphOf = (children: RichTextNode[]): RichTextNode =>
  ({ type: 'paragraph', version: 1, direction: null, format: '', indent: 0, textFormat: 0, children })

function isEmptyParagraph(node: RichTextNode): boolean {
  return node.type === 'paragraph' && (node.children ?? []).every(
    (child) => child.type === 'linebreak' || (child.type === 'text' && !child.text?.trim()))
}
