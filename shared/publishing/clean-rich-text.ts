import type { RichText, RichTextNode } from './rich-text.ts'

/** What a stored text may consist of: the nodes that the public rendering knows. */
const BLOCKS = new Set(['paragraph', 'heading', 'list', 'quote', 'horizontalrule', 'table', 'upload'])
const PARTS_OF_BLOCKS = new Set(['listitem', 'tablerow', 'tablecell'])
const INLINE = new Set(['text', 'linebreak', 'tab', 'link', 'autolink'])
/** Bold, italic, strikethrough, underline, code, subscript, superscript. */
const KNOWN_FORMATS = 0b111_1111

/**
 * Brings a text that is about to be saved into the form that is kept: nodes that no page can show give way to their words, fonts and
 * colours go, and so do empty paragraphs before the first and after the last line. No word is lost, and the answer cleaned again is the same.
 */
export function cleanRichText(richText: RichText): RichText {
  const blocks = asBlocks(richText.root.children ?? [])
  const filled = blocks.map((block) => !isEmptyParagraph(block))
  const first = filled.indexOf(true)
  const children = first === -1 ? blocks.slice(0, 1) : blocks.slice(first, filled.lastIndexOf(true) + 1)
  return { ...richText, root: { ...richText.root, children } }
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
  const { style: _, textStyle, ...kept } = node
  const plain: RichTextNode = textStyle === undefined ? kept : { ...kept, textStyle: '' }
  if (!node.children) return [plain]
  return [{ ...plain, children: node.type === 'tablecell' ? asBlocks(node.children) : node.children.flatMap(cleanNode) }]
}

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
