import { columnPath, documentPath } from '@cluster/shared/delivery/addresses'
import type { DocumentAnswer } from '@cluster/shared/delivery/api'
import type {
  ArticlePage,
  DocumentRelations,
  GonePage,
  LetterPage,
  PolicyPage,
} from '@cluster/shared/delivery/page-models'
import type { DocumentRecord, Tombstone } from '@cluster/shared/delivery/records'
import { columnTag, documentTag, titleTag } from '@cluster/shared/delivery/tags'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { documentDescription } from '@cluster/shared/publishing/page-labels'
import { chromeTags, makeChrome } from './chrome.ts'
import { originOf, storable, type Loaded, type LoadContext } from './context.ts'
import { linkEntry, tagsOfEntries } from './entries.ts'
import { asPlaced, officeOf } from './placed.ts'

/** A document, or what stays of a withdrawn one (410); `null` when the site never published it. */
export async function loadDocument(
  context: LoadContext,
  { collection, id }: { collection: DocumentCollection; id: number },
): Promise<Loaded | null> {
  const answer = await context.services.delivery.document(context.site.slug, collection, id)
  if (!answer) return null
  return answer.state === 'withdrawn' ? gone(context, answer) : published(context, answer)
}

function published(context: LoadContext, answer: Extract<DocumentAnswer, { state: 'published' }>): Loaded {
  const { site } = context
  const { record, related, sameTitle, previous, next, placement } = answer
  const link = (entry: Parameters<typeof linkEntry>[1]) => linkEntry(context, entry)
  const original = `${originOf(context.services, record.site)}${documentPath(record)}`
  const page = documentPage(context, placement ? asPlaced(context, record, { placement, original }) : record, {
    ...(placement ? { placement: { office: officeOf(context, record.site), href: original, mode: placement.mode } } : {}),
    related: related.map(link),
    sameTitle: sameTitle.map(link),
    isCurrent: answer.isCurrent,
    previous: previous && link(previous),
    next: next && link(next),
    isPreview: false,
  })
  const neighbours = [previous, next].filter((entry) => entry !== null)
  // Only the documents at the ends of a column get a new neighbour when one is published; the others would all be
  // rendered again for nothing.
  const column = neighbours.length < 2 ? [columnTag(site.slug, (placement?.column ?? record.column).key)] : []
  return storable(
    page,
    [
      ...chromeTags(site),
      documentTag(record),
      titleTag(site.slug, answer.titleKey),
      ...column,
      ...tagsOfEntries([...related, ...sameTitle, ...neighbours]),
    ],
    nextTurn(record, context.services.now()),
  )
}

/** The page of a document, published or not. */
export function documentPage(
  context: LoadContext,
  record: DocumentRecord,
  relations: DocumentRelations,
): ArticlePage | PolicyPage | LetterPage {
  const { placement } = relations
  const chrome = makeChrome(context, {
    title: record.content.title,
    description: documentDescription(record),
    trail: [
      { label: record.column.name, href: columnPath(record.column.key) },
      // A policy document's page names who issued it, which need not be who published it here.
      ...(placement && record.collection === 'policies'
        ? [{ label: `转自${placement.office}`, href: placement.href }]
        : []),
      { label: record.content.title, href: context.path },
    ],
    columnKey: record.column.key,
    document: record,
    canonical: placement?.href,
    robots: relations.isPreview ? 'noindex, nofollow' : undefined,
  })
  switch (record.collection) {
    case 'articles':
      return { kind: 'article', chrome, record, ...relations }
    case 'policies':
      return { kind: 'policy', chrome, record, ...relations }
    case 'letters':
      return { kind: 'letter', chrome, record, ...relations }
  }
}

/** The next midnight (Asia/Shanghai) at which a policy document begins or ceases to apply. */
function nextTurn(record: DocumentRecord, now: Date): number | null {
  if (record.collection !== 'policies') return null
  const turns = [record.content.effectiveOn, record.content.repealedOn]
    .filter((date) => date !== undefined)
    .map((date) => Date.parse(`${date}T00:00:00+08:00`))
    .filter((turn) => turn > now.getTime())
  return turns.length > 0 ? Math.min(...turns) : null
}

/** On a site that only showed it, the way back leads to that site's own column. */
function gone(context: LoadContext, answer: Extract<DocumentAnswer, { state: 'withdrawn' }>): Loaded {
  const column = answer.placement?.column
  const tombstone: Tombstone = column ? { ...answer.tombstone, column } : answer.tombstone
  const page: GonePage = {
    kind: 'gone',
    chrome: makeChrome(context, {
      title: `${tombstone.title}（已撤稿）`,
      description: `本页内容已于撤稿后停止公开：${tombstone.reason}`,
      trail: [
        { label: tombstone.column.name, href: columnPath(tombstone.column.key) },
        { label: tombstone.title, href: context.path },
      ],
      columnKey: tombstone.column.key,
      robots: 'noindex',
    }),
    tombstone,
  }
  return { ...storable(page, [...chromeTags(context.site), documentTag(tombstone)]), status: 410 }
}
