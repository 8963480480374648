import type { DocumentAnswer, HomeAnswer } from './api.ts'
import type { HomeBlock } from '../governance/templates/parts.ts'
import type { ArticleRecord, ColumnRecord, Entry, LetterRecord, LetterStatus, Picture, Placement, PolicyRecord, SiteRecord, SiteSummary, Tombstone } from './records.ts'
import type { SearchAnswer, SearchQuery } from './search.ts'

/**
 * What a template release gets to render: everything is decided, resolved and addressed; a release only shows it.
 * `sites/load` makes these; `Astro.locals.page` holds one.
 */
export type Link = { label: string; href: string }
export type NavigationItem = Link & { isCurrent: boolean }

export type Head = {
  title: string
  description: string
  /** Absolute address. */
  canonical: string
  /** Government site labels (SiteName, ArticleTitle, …) and the like, in the order to print. */
  labels: ReadonlyArray<{ name: string; content: string }>
  robots?: string
  feeds: ReadonlyArray<{ title: string; href: string }>
}

export type Chrome = {
  site: SiteRecord
  /** Ancestors from the province down, without the site itself. */
  ancestors: ReadonlyArray<Link & { slug: string }>
  navigation: readonly NavigationItem[]
  breadcrumbs: readonly Link[]
  head: Head
  /** Key of the accent colour in effect, one of the release's. */
  accent: string
  /** The page's own path on the portal: `/articles/12/`. */
  path: string
  /** When the model was made: ISO 8601. Never shown as "x minutes ago": stored pages would lie. */
  madeAt: string
}

/** An entry with its address; on another site's portal the address is absolute. */
export type EntryLink = Entry & { href: string; siteName: string }

export type HomePage = Page<'home', {
  /** What the page shows, from top to bottom: the release's blocks as the office arranged them. */
  blocks: readonly HomeBlock[]
  /** The office's own links and picture, where the release leaves room for them. */
  links: readonly Link[]
  heroPicture?: Picture
  /** Blocks without data are absent from the model. */
  updates: EntryLink[]
  notices: EntryLink[]
  policies: Array<EntryLink & { interpretations: EntryLink[] }>
  frontier: EntryLink[]
  approvals: EntryLink[]
  institutions: EntryLink[]
  disclosure: EntryLink[]
  localColumns: Array<{ column: ColumnRecord; entries: EntryLink[] }>
  letters: { figures: HomeAnswer['letters']; latest: EntryLink[] }
  documents: HomeAnswer['documents']
  subtree: EntryLink[]
  /** Children of the site (or of the province: cities with the number of their counties); a county shows its siblings. */
  sites: Array<{ label: string; sites: Array<SiteSummary & { href: string; below: number }> }>
}>

export type Pager = { page: number; pages: number; total: number; previous: string | null; next: string | null; links: Array<{ number: number; href: string; isCurrent: boolean }> }

export type ColumnPage = Page<'column', { column: ColumnRecord; entries: EntryLink[]; pager: Pager }>

type Published = Extract<DocumentAnswer, { state: 'published' }>
export type DocumentRelations = {
  related: EntryLink[]
  sameTitle: EntryLink[]
  isCurrent: Published['isCurrent']
  previous: EntryLink | null
  next: EntryLink | null
  /** True on an unpublished text shown to its office: a banner says so, nothing is stored. */
  isPreview: boolean
  /** On a site that did not write it: who did, where the original is, and why it is here. */
  placement?: { office: string; href: string; mode: Placement['mode'] }
}
/** `html` is the document's text, safe to print as it is. */
export type ArticlePage = Page<'article', DocumentRelations & { record: ArticleRecord }>
export type PolicyPage = Page<'policy', DocumentRelations & { record: PolicyRecord }>
export type LetterPage = Page<'letter', DocumentRelations & { record: LetterRecord }>

export type FacetOption = { value: string; label: string; count: number; href: string; isSelected: boolean }
export type SearchPage = Page<'search', {
  query: SearchQuery
  /** Null when nothing was asked yet; an error sentence when no search could be done at all. */
  answer: SearchAnswer | null
  error: string | null
  hits: Array<SearchAnswer['hits'][number] & { href: string }>
  scope: { isThisSite: boolean; thisSiteHref: string; clusterHref: string }
  facets: Array<{ key: string; label: string; options: FacetOption[] }>
  /** The chosen facets, each with the address that takes it away. */
  chosen: Link[]
  pager: Pager
}>

export type DirectoryPage = Page<'directory', {
  province: SiteSummary & { href: string }
  regions: Array<{ label: string; cities: Array<SiteSummary & { href: string; counties: Array<SiteSummary & { href: string }> }> }>
}>

export type SiteMapPage = Page<'site-map', { groups: Array<{ label: string; links: Link[] }> }>

/** A form as it was sent, with what is wrong with it: nothing typed is lost. */
export type LetterFormPage = Page<'letter-form', {
  values: { kind: string; name: string; contact: string; title: string; text: string; mayPublish: boolean; about: string }
  errors: ReadonlyArray<{ path?: string; message: string }>
  /** Set once the letter has been received. */
  code: string | null
}>

export type LetterStatusPage = Page<'letter-status', {
  code: string
  status: LetterStatus | null
  error: string | null
}>

export type GonePage = Page<'gone', { tombstone: Tombstone }>
export type NotFoundPage = Page<'not-found', { asked: string; suggestions: Link[] }>
export type ErrorPage = Page<'error', { /** Short id to quote to the office; also in the log. */ reference: string; message: string }>

export type Page<Kind extends string, Model> = { kind: Kind; chrome: Chrome } & Model
export type PageModel =
  | HomePage | ColumnPage | ArticlePage | PolicyPage | LetterPage | SearchPage | DirectoryPage | SiteMapPage
  | LetterFormPage | LetterStatusPage | GonePage | NotFoundPage | ErrorPage
export type PageKind = PageModel['kind']
export const PAGE_KINDS = [
  'home', 'column', 'article', 'policy', 'letter', 'search', 'directory', 'site-map', 'letter-form', 'letter-status', 'gone', 'not-found', 'error',
] as const satisfies readonly PageKind[]
