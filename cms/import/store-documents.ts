import type { PayloadRequest } from 'payload'
import { query, sql } from '../database/query.ts'
import type { Converted, Destination } from './convert-line.ts'

/** What the site has of these documents already. */
export type Held = { sourceId: string; id: number; createdAt: string; contentDigest: string | null }

export async function heldDocuments(
  req: PayloadRequest,
  siteId: number,
  sourceIds: readonly string[],
): Promise<Map<string, Held>> {
  const rows = await query<Held>(req, sql`
    select source_id as "sourceId", id, created_at as "createdAt", content_digest as "contentDigest" from policies
    where site_id = ${siteId} and source_id = any (${sql.param([...sourceIds])}::text[])`)
  return new Map(rows.map((row) => [row.sourceId, { ...row, createdAt: new Date(row.createdAt).toISOString() }]))
}

/** Numbers for new documents: their content names the index number, which has the id in it. */
export async function drawIds(req: PayloadRequest, count: number): Promise<number[]> {
  const rows = await query<{ id: number }>(req, sql`select nextval('policies_id_seq')::int as id from generate_series(1, ${count}::int)`)
  return rows.map(({ id }) => id)
}

/** A new document with its first version: the text as JSON, in the form in which the history keeps every text. */
export type NewDocument = { id: number; snapshot: string }

export function newDocument(
  { facts, body, findings }: Converted,
  { id, contentDigest, batchId, columnId }: { id: number; contentDigest: string; batchId: number; columnId: number },
): NewDocument {
  const text = { ...facts, body, attachments: [], batch: batchId, contentDigest, findings, column: columnId }
  return { id, snapshot: JSON.stringify(text) }
}

/** Room for a portion's documents: without it PostgreSQL writes them to a file and reads them again. */
const WORK_MEMORY = '64MB'

/**
 * Writes new documents with their first versions, as the admin's own save would leave them, in one statement: a row at
 * a time would take a hundred times as long. Each document travels and is read once, as its first version; the row is
 * taken out of that.
 */
export async function storeDocuments(
  req: PayloadRequest,
  documents: readonly NewDocument[],
  { destination: { site, column }, batchId, now }: { destination: Destination; batchId: number; now: string },
): Promise<void> {
  const given = sql.join(documents.map(({ id, snapshot }) => sql`(${id}::int, ${snapshot}::jsonb)`), sql`, `)
  await query(req, sql`select set_config('work_mem', ${WORK_MEMORY}, true)`)
  await query(req, sql`
    with document (id, snapshot) as materialized (values ${given}), written as (
      insert into policies (
        id, source_id, title, document_number, issuer,
        subject, genre,
        validity, issued_on,
        effective_on, body, applicability, history,
        findings, content_digest, batch_id, column_id, site_id,
        state, version, is_live, created_at, updated_at)
      select
        id, snapshot->>'sourceId', snapshot->>'title', snapshot->>'documentNumber', snapshot->>'issuer',
        (snapshot->>'subject')::enum_policies_subject, (snapshot->>'genre')::enum_policies_genre,
        (snapshot->>'validity')::enum_policies_validity, (snapshot->>'issuedOn')::timestamptz,
        (snapshot->>'effectiveOn')::timestamptz, snapshot->'body', snapshot->>'applicability', snapshot->'history',
        snapshot->'findings', snapshot->>'contentDigest', ${batchId}, ${column.id}, ${site.id},
        'draft', 1, false, ${now}, ${now}
      from document
    )
    insert into cluster.versions (collection, document_id, version, snapshot, person_name, at)
    select 'policies', id, 1, snapshot, '导入工具', ${now} from document`)
}
