import { type FooterField, HOME_BLOCK_CODES, type HomeBlock } from '@cluster/shared/governance/templates/parts'

export type PageFacts = {
  /** Names of `<meta>` labels with content. */
  labels: string[]
  /** Addresses of the style sheets. */
  styles: string[]
  /** `data-accent`; null where the page names none. */
  accent: string | null
  /** Home blocks in the order of the page. */
  blocks: HomeBlock[]
  /** Keys of the columns that the navigation leads to. */
  columns: string[]
  /** The footer's text and addresses, as a reader finds them. */
  footer: string
}

const TAG = /<(meta|link|html|h1|h2)\b([^>]*)>/g
const ATTRIBUTE = /([a-z-]+)\s*=\s*"([^"]*)"/g
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }

/** What a page of ours says of itself; `locals` are the keys of the site's own columns. Only of markup that our templates print. */
export function readPage(html: string, { locals = [] }: { locals?: readonly string[] } = {}): PageFacts {
  const tags = [...html.matchAll(TAG)].map(([, name, text]) => ({ name: name!, attributes: attributesOf(text!) }))
  return {
    labels: tags.flatMap(({ name, attributes }) => (name === 'meta' && attributes.name && attributes.content?.trim() ? [attributes.name] : [])),
    styles: tags.flatMap(({ name, attributes }) => (name === 'link' && attributes.rel === 'stylesheet' && attributes.href ? [attributes.href] : [])),
    accent: tags.find(({ name }) => name === 'html')?.attributes['data-accent'] ?? null,
    blocks: blocksOf(tags.flatMap(({ name, attributes }) => (name.startsWith('h') && attributes.id ? [attributes.id] : [])), locals),
    columns: columnsOf(html),
    footer: decode(/<footer\b[\s\S]*?<\/footer>/.exec(html)?.[0] ?? ''),
  }
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!, decode(value!)]))
}

/** Blocks are headed by their keys; each local column is a block of its own, and together they are one. */
function blocksOf(headings: readonly string[], locals: readonly string[]): HomeBlock[] {
  const known: readonly string[] = HOME_BLOCK_CODES
  const blocks = headings.flatMap((id) => (locals.includes(id) ? ['local' as const] : known.includes(id) ? [id as HomeBlock] : []))
  return blocks.filter((block, index) => block !== blocks[index - 1])
}

function columnsOf(html: string): string[] {
  const navigation = [...html.matchAll(/<nav\b[^>]*aria-label="栏目"[\s\S]*?<\/nav>/g)].map(([text]) => text).join('')
  return [...new Set([...navigation.matchAll(/href="\/columns\/([a-z][a-z0-9-]*)\/"/g)].map(([, key]) => key!))]
}

const decode = (text: string) => text.replace(/&(#?[a-z0-9]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)

/** The filled fields that the page's footer shows. */
export function shownInFooter(footer: string, filled: ReadonlyArray<readonly [FooterField, string]>): FooterField[] {
  return filled.filter(([, value]) => footer.includes(value)).map(([field]) => field)
}
