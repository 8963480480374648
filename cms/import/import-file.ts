import { basename } from 'node:path'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { refusal } from '@cluster/shared/issue'
import type { ImportLine } from '@cluster/shared/publishing/import-line'
import { inTransaction } from '../database/query.ts'
import { audit } from '../audit/record.ts'
import { batchFindings, completeBatch, countBatch, unfinishedBatch } from './batch-row.ts'
import { preparePortion, writePortion } from './import-portion.ts'
import type { ImportOrder, ImportResult, ImportRun, NumberedLine } from './import-run.ts'
import { parseLine } from './parse-line.ts'
import { readLines } from './read-lines.ts'
import { surveyFile } from './survey-file.ts'

/** Lines that are written together: enough that the statement costs nothing, few enough to lose little when killed. */
const PORTION = 250
/** The first portion opens the batch, which all others wait for: a small one keeps them waiting less. */
const FIRST_PORTION = 25
/** Portions on their way at once: reading what arrives and compressing what is kept takes the database most of the time. */
const WRITERS = 2
/** A batch shows its reviewers this many refused lines; the report file has all. */
const SHOWN = 200

/**
 * Imports a file into a batch that waits for its signatures. Documents are known by site and `id`: what is there stays
 * as it is, so a second run changes nothing and a killed one goes on in its batch.
 * @throws DamagedFile before anything is imported
 */
export async function importFile(payload: Payload, order: ImportOrder): Promise<ImportResult> {
  const survey = await surveyFile(order.path)
  const fileName = basename(order.path)
  const req = await createLocalReq({}, payload)
  const run: ImportRun = {
    payload,
    order,
    survey,
    fileName,
    seen: new Map(),
    result: {
      batch: await unfinishedBatch(req, order.destination, { fileName, hash: survey.hash }),
      fileHash: survey.hash,
      lines: 0,
      imported: 0,
      unchanged: 0,
      refused: [],
      differing: [],
      findings: [],
    },
  }
  await takeLines(run)
  run.result.refused.sort((one, other) => one.line - other.line)
  await finish(run)
  return run.result
}

/** Reads and converts one portion while those before it are being written. All that were begun have ended afterwards. */
async function takeLines(run: ImportRun): Promise<void> {
  const writing: Promise<void>[] = []
  const flush = async (portion: readonly NumberedLine[]) => {
    const prepared = await preparePortion(run, portion)
    // The first portion opens the batch that the others go into.
    while (writing.length >= (run.result.batch ? WRITERS : 1)) await writing.shift()
    const written = writePortion(run, prepared)
    // Awaited in its turn; until then a failure must not count as unhandled.
    written.catch(() => {})
    writing.push(written)
  }
  let portion: NumberedLine[] = []
  try {
    for await (const fileLine of readLines(run.order.path)) {
      run.result.lines += 1
      const line = takeLine(run, fileLine.number, parseLine(fileLine))
      if (line) portion.push({ number: fileLine.number, line })
      if (portion.length < Math.min(run.order.portion ?? PORTION, run.result.batch ? PORTION : FIRST_PORTION)) continue
      await flush(portion)
      portion = []
    }
    await flush(portion)
    await Promise.all(writing)
  } finally {
    await Promise.allSettled(writing)
  }
}

function takeLine({ seen, result }: ImportRun, number: number, parsed: ReturnType<typeof parseLine>): ImportLine | null {
  if (!('line' in parsed)) {
    result.refused.push({ line: number, id: parsed.id, reasons: parsed.issues })
    return null
  }
  const { id } = parsed.line
  const before = seen.get(id)
  if (before !== undefined) {
    result.refused.push({
      line: number,
      id,
      reasons: [refusal('duplicate-id', `编号与第 ${before} 行相同，只导入了第一份。`, 'id')],
    })
    return null
  }
  seen.set(id, number)
  return parsed.line
}

/** Closes the batch, when there is one: a run that found everything in place leaves no trace but its report. */
async function finish({ payload, order, survey, result }: ImportRun): Promise<void> {
  const { batch } = result
  if (!batch) return
  const req: PayloadRequest = await createLocalReq({}, payload)
  await inTransaction(req, async () => {
    result.findings = await batchFindings(req, batch.id)
    const now = order.now().toISOString()
    const { refused, differing, findings } = result
    await countBatch(req, batch.id, now)
    await completeBatch(req, batch.id, {
      refused: refused.length,
      now,
      report: {
        fileHash: survey.hash,
        findings,
        refused: refused.slice(0, SHOWN),
        differing: differing.slice(0, SHOWN),
        reportFile: order.reportFile ?? null,
      },
    })
    await audit(req, {
      deed: 'import-complete',
      collection: 'import-batches',
      documentId: batch.id,
      detail: { imported: result.imported, refused: refused.length },
    })
  })
}
