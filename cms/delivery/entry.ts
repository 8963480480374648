import type { DocumentRecord, Entry } from '@cluster/shared/delivery/records'

/** Lists show the beginning of a text that has no summary. */
const EXCERPT = 90

/** The line that lists show of a document. */
export function entryOf(record: DocumentRecord): Entry {
  const link = (name: 'draft' | 'final-review') => {
    const signed = record.disclosure.chain.find((candidate) => candidate.link === name)
    return signed ? { name: signed.name, unit: signed.unit } : undefined
  }
  const common = {
    collection: record.collection, id: record.id, kind: record.kind, site: record.site, columnKey: record.column.key,
    title: record.content.title, publishedAt: record.publishedAt, drafter: link('draft'), approver: link('final-review'),
  }
  switch (record.collection) {
    case 'articles': return {
      ...common, summary: record.content.summary || excerpt(record.body.text),
      isRepost: record.content.origin.type === 'repost', picture: record.content.picture,
    }
    case 'policies': return {
      ...common, summary: record.content.summary || excerpt(record.body.text),
      documentNumber: record.content.documentNumber, issuer: record.content.issuer, issuedOn: record.content.issuedOn, validity: record.content.validity,
    }
    case 'letters': return { ...common, summary: excerpt(record.content.question), letterKind: record.content.letterKind }
  }
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line
}
