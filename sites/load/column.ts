import { columnPath } from '@cluster/shared/delivery/addresses'
import type { ColumnPage } from '@cluster/shared/delivery/page-models'
import { columnTag } from '@cluster/shared/delivery/tags'
import { chromeTags, makeChrome } from './chrome.ts'
import { storable, type Loaded, type LoadContext } from './context.ts'
import { linkEntry, makePager, tagsOfEntries } from './entries.ts'

/** One page of a column's list; `null` when the site has no such column, or the list no such page. */
export async function loadColumn(
  context: LoadContext,
  { key, number }: { key: string; number: number },
): Promise<Loaded | null> {
  const { services, site } = context
  const answer = await services.delivery.column(site.slug, key, number)
  if (!answer || (number > 1 && number > answer.pages)) return null
  const { column } = answer
  const page: ColumnPage = {
    kind: 'column',
    chrome: makeChrome(context, {
      title: number === 1 ? column.name : `${column.name}（第 ${number} 页）`,
      description: column.description || `${site.name}${column.name}栏目`,
      trail: [
        { label: column.name, href: columnPath(key) },
        ...(number > 1 ? [{ label: `第 ${number} 页`, href: columnPath(key, number) }] : []),
      ],
      columnKey: key,
    }),
    column,
    entries: answer.entries.map((entry) => linkEntry(context, entry)),
    pager: makePager({
      page: number,
      pages: answer.pages,
      total: answer.total,
      hrefOf: (each) => columnPath(key, each),
    }),
  }
  return storable(page, [...chromeTags(site), columnTag(site.slug, key), ...tagsOfEntries(answer.entries)])
}
