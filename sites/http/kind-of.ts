import { letterFormPath, letterStatusPath, searchApiPath } from '@cluster/shared/delivery/addresses'

const FORMS: ReadonlySet<string> = new Set([letterFormPath(), letterStatusPath()])

/** What an address asks for, as figures tell requests apart: few kinds, because each is a series. */
export function kindOf(path: string): string {
  if (path.startsWith('/files/')) return 'file'
  if (path.startsWith('/_astro/')) return 'asset'
  if (path === searchApiPath() || path.startsWith('/search/')) return 'search'
  return FORMS.has(path) ? 'form' : 'page'
}
