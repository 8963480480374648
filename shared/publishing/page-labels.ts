import type { ColumnRecord, DocumentRecord, SiteRecord } from '../delivery/records.ts'
import { DOCUMENT_KINDS } from './kinds.ts'

/** A `<meta name content>` pair of the government site label specification (政府网站网页标签规范). */
export type PageLabel = { name: string; content: string }

export type LabelledPage = {
  site: Pick<SiteRecord, 'name' | 'office' | 'footer'>
  /** Absolute address of the page; its host is the site's domain. */
  url: string
  /** The column that the page lists, or that its document stands in. */
  column?: Pick<ColumnRecord, 'name' | 'description' | 'kind'> | undefined
  document?: DocumentRecord | undefined
  /** Absolute address of the document's picture. */
  imageUrl?: string | undefined
}

/**
 * The labels of a page, in the order of the specification: the site's on every page, the column's on its lists and on
 * the documents in it, the article's on documents. A label without a value is left out: an empty one counts as a
 * fault.
 */
export function pageLabels(page: LabelledPage): PageLabel[] {
  return [...siteLabels(page), ...columnLabels(page), ...articleLabels(page)].filter((label) => label.content !== '')
}

function siteLabels({ site, url }: LabelledPage): PageLabel[] {
  return [
    { name: 'SiteName', content: site.name },
    { name: 'SiteDomain', content: new URL(url).host },
    { name: 'SiteIDCode', content: site.footer.siteIdCode ?? '' },
  ]
}

function columnLabels({ site, column }: LabelledPage): PageLabel[] {
  if (!column) return []
  return [
    { name: 'ColumnName', content: column.name },
    { name: 'ColumnDescription', content: column.description || `${site.name}${column.name}栏目` },
    { name: 'ColumnKeywords', content: [...new Set([column.name, DOCUMENT_KINDS[column.kind]])].join(',') },
    { name: 'ColumnType', content: DOCUMENT_KINDS[column.kind] },
  ]
}

function articleLabels({ site, url, document, imageUrl }: LabelledPage): PageLabel[] {
  if (!document) return []
  return [
    { name: 'ArticleTitle', content: document.content.title },
    { name: 'PubDate', content: minuteInShanghai(document.publishedAt) },
    { name: 'ContentSource', content: contentSource(document, site.office) },
    { name: 'Keywords', content: 'keywords' in document.content ? document.content.keywords.join(',') : '' },
    { name: 'Author', content: author(document) },
    { name: 'Description', content: documentDescription(document) },
    { name: 'Image', content: imageUrl ?? '' },
    { name: 'Url', content: url },
  ]
}

function contentSource(document: DocumentRecord, office: string): string {
  if (document.collection === 'policies') return document.content.issuer ?? office
  if (document.collection === 'articles' && document.content.origin.type === 'repost')
    return document.content.origin.source
  return office
}

/** Who answers for the wording: the drafter, for a letter the unit that answered it. */
function author(document: DocumentRecord): string {
  if (document.collection === 'letters') return document.content.answeredBy
  return document.disclosure.chain.find((link) => link.link === 'draft')?.name ?? ''
}

/** Search engines cut longer descriptions; the specification asks for a short one. */
const DESCRIPTION_LIMIT = 120

/** One line that says what a document is about: its summary, or the beginning of its text. */
export function documentDescription(document: DocumentRecord): string {
  const summary = 'summary' in document.content ? document.content.summary : document.content.question
  return shorten(summary || document.body.text)
}

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const characters = [...line]
  return characters.length > DESCRIPTION_LIMIT ? `${characters.slice(0, DESCRIPTION_LIMIT - 1).join('')}…` : line
}

/** China has kept one offset without summer time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000

/** An instant → `YYYY-MM-DD HH:mm` in Asia/Shanghai, the form that PubDate asks for. */
export function minuteInShanghai(instant: string): string {
  return new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')
}
