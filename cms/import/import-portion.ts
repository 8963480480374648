import { createLocalReq, type PayloadRequest } from 'payload'
import { inTransaction, query, sql } from '../database/query.ts'
import { audit } from '../audit/record.ts'
import { countBatch, openBatch } from './batch-row.ts'
import { type Converted, convertLine, type Destination, digestOf } from './convert-line.ts'
import type { ImportRun, NumberedLine } from './import-run.ts'
import { drawIds, heldDocuments, newDocument, type NewDocument, storeDocuments } from './store-documents.ts'

/** Documents converted between two breaths: meanwhile the last portion's bytes must get to the database. */
const BREATH = 8

/** Converts lines and compares them with what the site has already. @returns the documents that are new */
export async function preparePortion(
  { payload, order, survey, result }: ImportRun,
  portion: readonly NumberedLine[],
): Promise<Converted[]> {
  const req = await createLocalReq({}, payload)
  const { destination } = order
  const held = await heldDocuments(
    req,
    destination.site.id,
    portion.map(({ line }) => line.id),
  )
  const fresh: Converted[] = []
  for (const [index, { number, line }] of portion.entries()) {
    if (index % BREATH === 0) await new Promise(setImmediate)
    const converted = convertLine(line, destination, survey.isAmended(line))
    const there = held.get(line.id)
    if ('issues' in converted) {
      result.refused.push({ line: number, id: line.id, reasons: converted.issues })
    } else if (!there) {
      fresh.push(converted)
    } else if (digestOf(converted, destination, there) === there.contentDigest) {
      result.unchanged += 1
    } else {
      result.differing.push({ line: number, id: line.id, document: there.id, reason: '已存在且内容不同，未覆盖' })
    }
  }
  return fresh
}

/** Writes new documents in one transaction with their batch's counts and one audit row. */
export async function writePortion(
  { payload, order, survey, fileName, result }: ImportRun,
  documents: readonly Converted[],
): Promise<void> {
  const { destination } = order
  if (documents.length > 0) {
    const now = order.now()
    const req = await createLocalReq({}, payload)
    const batch = await inTransaction(req, async () => {
      // Nobody is told that a portion is kept before the batch is complete, and that transaction waits for the disk: a
      // crash of the machine in between costs a run from where it was.
      await query(req, sql`set local synchronous_commit = off`)
      const opened = result.batch ?? (await openBatch(req, destination, { fileName, hash: survey.hash, now }))
      const made = await numbered(req, documents, {
        destination,
        batchId: opened.id,
        createdAt: now.toISOString(),
      })
      await storeDocuments(req, made, { destination, batchId: opened.id, now: now.toISOString() })
      await countBatch(req, opened.id, now.toISOString())
      await audit(req, {
        deed: 'import',
        collection: 'import-batches',
        documentId: opened.id,
        site: destination.site.slug,
        detail: { documents: documents.length, first: made[0]?.id, last: made.at(-1)?.id },
      })
      return opened
    })
    result.batch = batch
    result.imported += documents.length
  }
  order.onProgress?.({ lines: result.lines, total: survey.lines, imported: result.imported })
}

/** Gives new documents their numbers, and with them the digest of their content, which has the number in it. */
async function numbered(
  req: PayloadRequest,
  documents: readonly Converted[],
  { destination, batchId, createdAt }: { destination: Destination; batchId: number; createdAt: string },
): Promise<NewDocument[]> {
  const ids = await drawIds(req, documents.length)
  const made: NewDocument[] = []
  for (const [index, document] of documents.entries()) {
    if (index % BREATH === 0) await new Promise(setImmediate)
    const id = ids[index]!
    const contentDigest = digestOf(document, destination, { id, createdAt })
    made.push(newDocument(document, { id, contentDigest, batchId, columnId: destination.column.id }))
  }
  return made
}
