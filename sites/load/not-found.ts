import { columnPath, directoryPath, homePath, siteMapPath } from '@cluster/shared/delivery/addresses'
import type { Link, NotFoundPage } from '@cluster/shared/delivery/page-models'
import { makeChrome } from './chrome.ts'
import { passing, type Loaded, type LoadContext } from './context.ts'

/** Where documents of a collection are listed, for readers whose address has a wrong number. */
const COLUMNS_OF_COLLECTION: Record<string, readonly string[]> = {
  articles: ['updates', 'notices'],
  policies: ['policies', 'interpretations'],
  letters: ['interaction'],
}
/** Never stored, so the address that was asked may be long: the page shows its beginning. */
const SHOWN_PATH_LIMIT = 120

/** 404: says what was asked and where it may be found instead. */
export function loadNotFound(context: LoadContext): Loaded {
  const { site, path } = context
  const shown = path.length > SHOWN_PATH_LIMIT ? `${path.slice(0, SHOWN_PATH_LIMIT)}…` : path
  const page: NotFoundPage = {
    kind: 'not-found',
    chrome: makeChrome(context, { title: '找不到这个页面', description: '您访问的页面不存在。', robots: 'noindex' }),
    asked: shown,
    suggestions: [
      ...likelyColumns(context),
      { label: `${site.name}首页`, href: homePath() },
      { label: '网站地图', href: siteMapPath() },
      { label: '全部站点', href: directoryPath() },
    ],
  }
  return passing(page, 404)
}

/** Columns that the asked address speaks of, by their keys or by the collection in its first part. */
function likelyColumns({ site, path }: LoadContext): Link[] {
  const words = path
    .toLowerCase()
    .split('/')
    .filter((word) => word !== '')
  const keys = new Set([...words, ...words.flatMap((word) => COLUMNS_OF_COLLECTION[word] ?? [])])
  return site.columns
    .filter(
      (column) =>
        keys.has(column.key) ||
        words.some((word) => word.length > 3 && (column.key.startsWith(word) || word.startsWith(column.key))),
    )
    .map((column) => ({ label: column.name, href: columnPath(column.key) }))
}
