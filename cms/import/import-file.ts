import { basename } from 'node:path'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { type Issue, refusal } from '@cluster/shared/issue'
import type { ImportLine } from '@cluster/shared/publishing/import-line'
import { inTransaction } from '../database/query.ts'
import { audit } from '../review/audit.ts'
import { type BatchReport, batchFindings, type BatchRow, completeBatch, countBatch, openBatch, unfinishedBatch } from './batch-row.ts'
import { type Converted, convertLine, type Destination, digestOf } from './convert-line.ts'
import { parseLine } from './parse-line.ts'
import { readLines } from './read-lines.ts'
import { drawIds, heldDocuments, storeDocuments } from './store-documents.ts'
import { type Survey, surveyFile } from './survey-file.ts'

/** Lines that are written together: enough that the statement costs nothing, few enough to lose little when killed. */
const PORTION = 500
/** A batch shows its reviewers this many refused lines; the report file has all. */
const SHOWN = 200
/** Documents converted between two breaths: meanwhile the last portion's bytes must get to the database. */
const BREATH = 8

export type RefusedLine = { line: number; id: string | undefined; reasons: Issue[] }
export type DifferingLine = { line: number; id: string; document: number; reason: string }

export type ImportResult = {
  batch: BatchRow | null
  fileHash: string
  lines: number
  imported: number
  /** Already there with the same content, this run's predecessors included. */
  unchanged: number
  refused: RefusedLine[]
  differing: DifferingLine[]
  findings: BatchReport['findings']
}

export type ImportOrder = {
  path: string
  destination: Destination
  now: () => Date
  onProgress?: (progress: { lines: number; total: number; imported: number }) => void
  portion?: number
  /** Where the whole report will lie. */
  reportFile?: string | null
}

/**
 * Imports a file into a batch that waits for its signatures. Documents are known by site and `id`: what is there stays as it is, so a
 * second run changes nothing and a killed one goes on in its batch.
 * @throws DamagedFile before anything is imported
 */
export async function importFile(payload: Payload, order: ImportOrder): Promise<ImportResult> {
  const survey = await surveyFile(order.path)
  const fileName = basename(order.path)
  const req = await createLocalReq({}, payload)
  const state: State = {
    payload, order, survey, fileName, seen: new Map(),
    result: {
      batch: await unfinishedBatch(req, order.destination, { fileName, hash: survey.hash }),
      fileHash: survey.hash, lines: 0, imported: 0, unchanged: 0, refused: [], differing: [], findings: [],
    },
  }
  // One portion is being written while the next is read and converted: one core for the database, one for this process.
  let writing: Promise<void> = Promise.resolve()
  let portion: NumberedLine[] = []
  const flush = async () => {
    const prepared = await preparePortion(state, portion)
    portion = []
    await writing
    writing = writePortion(state, prepared)
    // Awaited with the next portion; until then a failure must not count as unhandled.
    writing.catch(() => {})
  }
  for await (const fileLine of readLines(order.path)) {
    state.result.lines += 1
    const line = takeLine(state, fileLine.number, parseLine(fileLine))
    if (line) portion.push({ number: fileLine.number, line })
    if (portion.length >= (order.portion ?? PORTION)) await flush()
  }
  await flush()
  await writing
  state.result.refused.sort((one, other) => one.line - other.line)
  await finish(state)
  return state.result
}

type NumberedLine = { number: number; line: ImportLine }
type State = { payload: Payload; order: ImportOrder; survey: Survey; fileName: string; seen: Map<string, number>; result: ImportResult }

function takeLine({ seen, result }: State, number: number, parsed: ReturnType<typeof parseLine>): ImportLine | null {
  if (!('line' in parsed)) {
    result.refused.push({ line: number, id: parsed.id, reasons: parsed.issues })
    return null
  }
  const { id } = parsed.line
  const before = seen.get(id)
  if (before !== undefined) {
    result.refused.push({ line: number, id, reasons: [refusal('duplicate-id', `编号与第 ${before} 行相同，只导入了第一份。`, 'id')] })
    return null
  }
  seen.set(id, number)
  return parsed.line
}

async function preparePortion({ payload, order, survey, result }: State, portion: readonly NumberedLine[]): Promise<Converted[]> {
  const req = await createLocalReq({}, payload)
  const { destination } = order
  const held = await heldDocuments(req, destination.site.id, portion.map(({ line }) => line.id))
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

async function writePortion({ payload, order, survey, fileName, result }: State, documents: readonly Converted[]): Promise<void> {
  const { destination } = order
  if (documents.length > 0) {
    const now = order.now()
    const req = await createLocalReq({}, payload)
    const batch = await inTransaction(req, async () => {
      const opened = result.batch ?? await openBatch(req, destination, { fileName, hash: survey.hash, now })
      const ids = await drawIds(req, documents.length)
      await storeDocuments(req, documents.map((document, index) => ({ ...document, id: ids[index]! })), {
        destination, batchId: opened.id, now: now.toISOString() })
      await countBatch(req, opened.id, now.toISOString())
      await audit(req, {
        deed: 'import', collection: 'import-batches', documentId: opened.id, site: destination.site.slug,
        detail: { documents: documents.length, first: ids[0], last: ids.at(-1) },
      })
      return opened
    })
    result.batch = batch
    result.imported += documents.length
  }
  order.onProgress?.({ lines: result.lines, total: survey.lines, imported: result.imported })
}

/** Closes the batch, when there is one: a run that found everything in place leaves no trace but its report. */
async function finish({ payload, order, survey, result }: State): Promise<void> {
  const { batch } = result
  if (!batch) return
  const req: PayloadRequest = await createLocalReq({}, payload)
  await inTransaction(req, async () => {
    result.findings = await batchFindings(req, batch.id)
    const now = order.now().toISOString()
    const { refused, differing, findings } = result
    await countBatch(req, batch.id, now)
    await completeBatch(req, batch.id, {
      refused: refused.length, now,
      report: { fileHash: survey.hash, findings, refused: refused.slice(0, SHOWN), differing: differing.slice(0, SHOWN), reportFile: order.reportFile ?? null },
    })
    await audit(req, { deed: 'import-complete', collection: 'import-batches', documentId: batch.id, detail: { imported: result.imported, refused: refused.length } })
  })
}
