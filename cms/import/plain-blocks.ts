/** A piece of Markdown: one heading or paragraph of nothing but words, or whatever needs the whole grammar. */
export type MarkdownPiece =
  | { kind: 'heading'; depth: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'grammar'; markdown: string }

/**
 * Anything here may mean something to Markdown: emphasis, links, references, markup, addresses, escapes, table cells.
 */
const INLINE_GRAMMAR = /[*_`~[\]<>&\\|!\n]|https?:|ftp:|www\.|@/i
/** How blocks begin that are no paragraph, and indents. */
const BLOCK_GRAMMAR = /^(?:[ \t#>=+-]|\d{1,9}[.)])/
const PLAIN_HEADING = /^(#{1,6}) +([^#\s](?:[^#]*[^#\s])?)$/
/** Fences and markup may reach across empty lines: where there are any, blocks cannot be told apart by them. */
const REACHES_FAR = /```|~~~|<|^\[/m

/**
 * Cuts Markdown at its empty lines. A statute is thousands of paragraphs of plain words; taking them past the grammar
 * makes a document ten times as fast to read, and what comes out is the same.
 */
export function cutPlainBlocks(markdown: string): MarkdownPiece[] {
  if (REACHES_FAR.test(markdown)) return [{ kind: 'grammar', markdown }]
  const pieces: MarkdownPiece[] = []
  for (const block of markdown.split(/\n(?:[ \t]*\n)+/)) {
    const last = pieces.at(-1)
    const piece = pieceOf(block)
    if (piece.kind === 'grammar' && last?.kind === 'grammar') {
      // A list goes on after an empty line.
      last.markdown += `\n\n${block}`
    } else {
      pieces.push(piece)
    }
  }
  return pieces
}

function pieceOf(block: string): MarkdownPiece {
  if (INLINE_GRAMMAR.test(block)) return { kind: 'grammar', markdown: block }
  const heading = PLAIN_HEADING.exec(block)
  if (heading) return { kind: 'heading', depth: heading[1]!.length, text: heading[2]! }
  // Ideographic spaces in front are an indent by hand, which belongs to the page's style.
  const text = block.trimStart()
  const isPlain = text !== '' && !/[ \t]$/.test(block) && !BLOCK_GRAMMAR.test(block)
  return isPlain ? { kind: 'paragraph', text } : { kind: 'grammar', markdown: block }
}
