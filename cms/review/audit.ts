import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'
import { query, queryApart, sql } from '../database/query.ts'
import { personOf } from '../access/granted-sites.ts'

export type Deed = {
  deed: string
  collection?: string
  documentId?: number
  site?: string
  /** What happened, never personal data in clear. */
  detail?: Record<string, unknown>
}

/** Writes an audit row in the request's own transaction: it stands exactly when the deed does. */
export async function audit(req: PayloadRequest, deed: Deed): Promise<void> {
  await query(req, auditRow(req, deed, false))
}

/** Writes an audit row about a refused deed on a connection of its own: the deed's transaction is rolled back, its trace stays. */
export async function auditRefusal(req: PayloadRequest, deed: Deed): Promise<void> {
  await queryApart(req.payload, auditRow(req, deed, true))
}

/** An audit row for each create and update of a collection without a review chain. */
export function recordDeed(collection: string): CollectionAfterChangeHook {
  return async ({ doc, operation, req }) => {
    await audit(req, { deed: operation, collection, documentId: doc.id })
    return doc
  }
}

function auditRow(req: PayloadRequest, deed: Deed, isRefused: boolean) {
  const person = personOf(req)
  return sql`insert into cluster.audit (person_id, person_name, deed, collection, document_id, site, is_refused, detail)
    values (${person?.id ?? null}, ${person?.name ?? null}, ${deed.deed}, ${deed.collection ?? null}, ${deed.documentId ?? null},
      ${deed.site ?? null}, ${isRefused}, ${JSON.stringify(deed.detail ?? {})}::jsonb)`
}
