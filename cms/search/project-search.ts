import type { DocumentRecord, SiteRecord } from '@cluster/shared/delivery/records'
import { type SearchHit, type SearchRecord, searchRecordSchema } from '@cluster/shared/delivery/search'
import type { DocumentCollection } from '@cluster/shared/publishing/kinds'
import { localDate } from '@cluster/shared/interaction/working-days'

/** The part of a hit that is the same for every question. */
export type StoredHit = Omit<SearchHit, 'titleParts' | 'snippetParts' | 'placedOn'>

/** The engine's name for a document. */
export const searchId = ({ collection, id }: { collection: DocumentCollection; id: number }) => `${collection}-${id}`

/** What search knows of a public document: nothing but its delivery record, its site's, and the other sites that it stands on. */
export function projectSearch(
  record: DocumentRecord, site: Pick<SiteRecord, 'slug' | 'name' | 'level' | 'parent'>, placedOn: readonly string[],
): SearchRecord {
  const { content } = record
  const policy = record.collection === 'policies' ? record.content : null
  return searchRecordSchema.parse({
    id: searchId(record), collection: record.collection, documentId: record.id,
    sourceId: record.collection === 'policies' ? record.sourceId : undefined,
    title: content.title, summary: 'summary' in content ? content.summary : '', text: record.body.text,
    keywords: 'keywords' in content ? content.keywords : [],
    documentNumber: policy?.documentNumber, issuer: policy?.issuer, validity: policy?.validity,
    site: record.site, siteName: site.name, sites: [record.site, ...placedOn], city: cityOf(site), kind: record.kind,
    // Readers of a policy document mean the year that it carries itself.
    year: Number((policy?.issuedOn ?? localDate(new Date(record.publishedAt))).slice(0, 4)),
    publishedAt: Math.floor(Date.parse(record.publishedAt) / 1000),
  })
}

/** The hit without what depends on the question. */
export function hitOf({ collection, documentId, sourceId, kind, site, siteName, title, publishedAt, documentNumber, issuer, validity }: SearchRecord): StoredHit {
  return {
    collection, id: documentId, sourceId, kind, site, siteName, title, publishedAt: new Date(publishedAt * 1000).toISOString(),
    documentNumber, issuer, validity,
  }
}

function cityOf({ slug, level, parent }: Pick<SiteRecord, 'slug' | 'level' | 'parent'>): string | undefined {
  if (level === 'city') return slug
  return level === 'county' ? parent ?? undefined : undefined
}
