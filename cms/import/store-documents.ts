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

export type NewDocument = Converted & { id: number; contentDigest: string }

/**
 * Writes new documents with their first versions, as the admin's own save would leave them, in one statement: a row at
 * a time would take a hundred times as long. The bodies travel as values of their own, so that PostgreSQL reads each
 * of them once; inside one large JSON it would have to take them out first.
 */
export async function storeDocuments(
  req: PayloadRequest,
  documents: readonly NewDocument[],
  { destination, batchId, now }: { destination: Destination; batchId: number; now: string },
): Promise<void> {
  const rows = documents.map(({ id, facts, findings, contentDigest }) => ({ id, ...facts, findings, contentDigest }))
  const bodies = sql.join(documents.map(({ id, body }) => sql`(${id}::int, ${body}::jsonb)`), sql`, `)
  await query(req, sql`
    with document as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as fact (
        id int, "sourceId" text, title text, "documentNumber" text, issuer text, subject text, genre text,
        validity text, "issuedOn" text, "effectiveOn" text, applicability text, history jsonb, findings jsonb,
        "contentDigest" text)
      join (values ${bodies}) as text (id, body) using (id)
    ), written as (
      insert into policies (
        id, source_id, title, document_number, issuer, subject, genre,
        validity, issued_on, effective_on, body,
        applicability, history, findings, content_digest, batch_id, column_id, site_id,
        state, version, is_live, created_at, updated_at)
      select
        id, "sourceId", title, "documentNumber", issuer, subject::enum_policies_subject, genre::enum_policies_genre,
        validity::enum_policies_validity, "issuedOn"::timestamptz, "effectiveOn"::timestamptz, body,
        applicability, history, findings, "contentDigest", ${batchId}, ${destination.column.id}, ${destination.site.id},
        'draft', 1, false, ${now}, ${now}
      from document
    )
    insert into cluster.versions (collection, document_id, version, snapshot, person_name, at)
    select 'policies', id, 1, jsonb_build_object(
      'title', title, 'documentNumber', "documentNumber", 'issuer', issuer, 'subject', subject, 'genre', genre,
      'validity', validity, 'issuedOn', "issuedOn", 'effectiveOn', "effectiveOn", 'repealedOn', null,
      'summary', null, 'body', body, 'attachments', '[]'::jsonb, 'keywords', '[]'::jsonb,
      'applicability', applicability, 'history', history, 'sourceId', "sourceId", 'batch', ${batchId}::int,
      'contentDigest', "contentDigest", 'findings', findings, 'column', ${destination.column.id}::int
    ), '导入工具', ${now}
    from document`)
}
