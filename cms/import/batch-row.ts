import type { PayloadRequest } from 'payload'
import { minuteInShanghai } from '@cluster/shared/publishing/page-labels'
import { query, sql } from '../database/query.ts'
import type { Destination } from './convert-line.ts'

export type BatchRow = { id: number; title: string }

/** What the batch tells its reviewers about the file that it came from. */
export type BatchReport = {
  fileHash: string
  /** Missing metadata: in how many documents of the batch. */
  findings: Array<{ code: string; message: string; documents: number }>
  /** The first of each; the whole report is a file. */
  refused: unknown[]
  differing: unknown[]
  reportFile: string | null
}

/** The batch that an earlier run of this file left unfinished; a mended file of the same name goes on in it too. */
export async function unfinishedBatch(
  req: PayloadRequest,
  { site, column }: Destination,
  { fileName, hash }: { fileName: string; hash: string },
): Promise<BatchRow | null> {
  const [row] = await query<BatchRow>(req, sql`
    select id, title from import_batches
    where site_id = ${site.id} and column_id = ${column.id} and is_complete is not true and state = 'draft'
      and (report->>'fileHash' = ${hash} or file_name = ${fileName})
    order by report->>'fileHash' = ${hash} desc, id limit 1`)
  return row ?? null
}

/** The complete batch of this file that waits to be signed; null when there is none. */
export async function waitingBatch(
  req: PayloadRequest,
  { site, column }: Destination,
  hash: string,
): Promise<BatchRow | null> {
  const [row] = await query<BatchRow>(req, sql`
    select id, title from import_batches
    where site_id = ${site.id} and column_id = ${column.id} and is_complete and state not in ('published', 'withdrawn')
      and report->>'fileHash' = ${hash} order by id desc limit 1`)
  return row ?? null
}

/** Opens a batch, in the transaction of its first documents: there is never an empty one. */
export async function openBatch(
  req: PayloadRequest,
  { site, column }: Destination,
  { fileName, hash, now }: { fileName: string; hash: string; now: Date },
): Promise<BatchRow> {
  const report: BatchReport = { fileHash: hash, findings: [], refused: [], differing: [], reportFile: null }
  const batch = await req.payload.create({
    collection: 'import-batches',
    req,
    overrideAccess: true,
    depth: 0,
    data: {
      title: `${column.name}迁移批次 ${minuteInShanghai(now.toISOString())}`,
      documents: 0,
      isComplete: false,
      fileName,
      report,
      column: column.id,
      site: site.id,
      state: 'draft',
      version: 1,
    },
  })
  return { id: batch.id, title: batch.title }
}

/**
 * Sets the batch's counts to what is there: counted anew, so that no crash can make them wrong. The row is locked first,
 * so that the count sees what another portion has just committed.
 */
export async function countBatch(req: PayloadRequest, batchId: number, now: string): Promise<void> {
  // Not `for update`: the documents just written refer to the row, and two portions would wait for one another.
  await query(req, sql`select from import_batches where id = ${batchId} for no key update`)
  await query(req, sql`
    update import_batches set updated_at = ${now}, (documents, findings) = (
      select count(*), count(*) filter (where jsonb_array_length(findings) > 0) from policies
        where batch_id = ${batchId})
    where id = ${batchId}`)
}

/** Closes the batch: from now on it can be submitted. */
export async function completeBatch(
  req: PayloadRequest,
  batchId: number,
  { refused, report, now }: { refused: number; report: BatchReport; now: string },
): Promise<void> {
  await query(req, sql`
    update import_batches set is_complete = true, refused = ${refused}, report = ${JSON.stringify(report)}::jsonb,
      waiting_since = ${now}, updated_at = ${now}
    where id = ${batchId} and is_complete is not true`)
}

export async function batchFindings(req: PayloadRequest, batchId: number): Promise<BatchReport['findings']> {
  const rows = await query<{ code: string; message: string; documents: string }>(req, sql`
    select finding->>'code' as code, min(finding->>'message') as message, count(*) as documents
    from policies cross join jsonb_array_elements(findings) as finding where batch_id = ${batchId}
      group by 1 order by 3 desc, 1`)
  return rows.map((row) => ({ ...row, documents: Number(row.documents) }))
}
