import type { Payload } from 'payload'
import type { Issue } from '@cluster/shared/issue'
import type { ImportLine } from '@cluster/shared/publishing/import-line'
import type { BatchReport, BatchRow } from './batch-row.ts'
import type { Destination } from './convert-line.ts'
import type { Survey } from './survey-file.ts'

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

export type NumberedLine = { number: number; line: ImportLine }
/** What a run knows and has done so far. */
export type ImportRun = {
  payload: Payload
  order: ImportOrder
  survey: Survey
  fileName: string
  seen: Map<string, number>
  result: ImportResult
}
