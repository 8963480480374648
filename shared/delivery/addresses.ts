import type { DocumentCollection } from '../publishing/kinds.ts'

/**
 * Every public address of a portal, in one place: pages link with these, the portal resolves them back.
 * Pagination is a path, because a static server in front looks pages up by path and ignores queries.
 */
export const homePath = () => '/'
export const columnPath = (key: string, page = 1) => (page === 1 ? `/columns/${key}/` : `/columns/${key}/p/${page}/`)
export const documentPath = (document: { collection: DocumentCollection; id: number }) => `/${document.collection}/${document.id}/`
export const filePath = (file: { hash: string; name: string }) => `/files/${file.hash}/${encodeURIComponent(file.name)}`
export const searchPath = () => '/search/'
export const directoryPath = () => '/sites/'
export const siteMapPath = () => '/sitemap/'
export const letterFormPath = (kind?: string) => (kind ? `/letters/new/?kind=${kind}` : '/letters/new/')
export const letterStatusPath = () => '/letters/status/'
export const previewPath = (token: string) => `/preview/${token}/`
export const feedPath = () => '/rss.xml'
/** The map for crawlers; its parts are numbered from 1 where one file would grow too long. */
export const crawlerMapPath = (part?: number) => (part === undefined ? '/sitemap.xml' : `/sitemap-${part}.xml`)
export const robotsPath = () => '/robots.txt'
export const searchApiPath = () => '/api/search'

/** What an address asks for; `null` when it is none of ours. Trailing slashes are canonical: see `canonicalPath`. */
export type Address =
  | { page: 'home' }
  | { page: 'column'; key: string; number: number }
  | { page: 'document'; collection: DocumentCollection; id: number }
  | { page: 'search' | 'directory' | 'site-map' | 'letter-form' | 'letter-status' }
  | { page: 'preview'; token: string }

const ID = String.raw`([1-9]\d{0,8})`
const PATTERNS: ReadonlyArray<readonly [RegExp, (...groups: string[]) => Address]> = [
  [/^\/$/, () => ({ page: 'home' })],
  [/^\/columns\/([a-z][a-z0-9-]{0,40})\/$/, (key = '') => ({ page: 'column', key, number: 1 })],
  [new RegExp(`^/columns/([a-z][a-z0-9-]{0,40})/p/${ID}/$`), (key = '', number = '1') => ({ page: 'column', key, number: Number(number) })],
  [new RegExp(`^/(articles|policies|letters)/${ID}/$`), (collection, id) => (
    { page: 'document', collection: collection as DocumentCollection, id: Number(id) })],
  [/^\/search\/$/, () => ({ page: 'search' })],
  [/^\/sites\/$/, () => ({ page: 'directory' })],
  [/^\/sitemap\/$/, () => ({ page: 'site-map' })],
  [/^\/letters\/new\/$/, () => ({ page: 'letter-form' })],
  [/^\/letters\/status\/$/, () => ({ page: 'letter-status' })],
  [/^\/preview\/([A-Za-z0-9_.-]{20,7000})\/$/, (token = '') => ({ page: 'preview', token })],
]

export function resolveAddress(path: string): Address | null {
  for (const [pattern, make] of PATTERNS) {
    const match = pattern.exec(path)
    if (match) return make(...match.slice(1))
  }
  return null
}

/**
 * The one form of a path that is ours: lower case, single slashes, a slash at the end, no `/p/1/`. `null` when no page
 * answers at it in any form. A preview's token keeps its case: it is a signature.
 */
export function canonicalPath(path: string): string | null {
  const spaced = `${path}/`.replace(/\/{2,}/g, '/')
  const cased = spaced.startsWith('/preview/') ? spaced : spaced.toLowerCase()
  const canonical = cased.replace(/^(\/columns\/[^/]+\/)p\/1\/$/, '$1')
  return resolveAddress(canonical) ? canonical : null
}

/** `http://{slug}.localhost:4321` and `suzhou` → `http://suzhou.localhost:4321`; a site's own domain wins. */
export function siteOrigin(pattern: string, site: { slug: string; domain?: string | undefined }): string {
  if (!site.domain) return pattern.replace('{slug}', site.slug)
  const { protocol, port } = new URL(pattern.replace('{slug}', site.slug))
  return `${protocol}//${site.domain}${port ? `:${port}` : ''}`
}
