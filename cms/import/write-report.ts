import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ImportResult } from './import-run.ts'

export type ReportHead = {
  file: string
  site: string
  column: string
  startedAt: string
  finishedAt: string
  documentsPerSecond: number
}

/**
 * Writes what the import did, as JSON: each refused line with its number, its id where it could be read, and every
 * reason.
 */
export function writeReport(
  path: string,
  head: ReportHead,
  { batch, lines, imported, unchanged, refused, differing, findings }: ImportResult,
): void {
  const report = {
    ...head,
    batch,
    lines,
    imported,
    unchanged,
    findings,
    refused: refused.map(({ line, id, reasons }) => ({
      line,
      ...(id === undefined ? {} : { id }),
      reasons: reasons.map(({ code, message, path: field }) => ({ code, message, ...(field ? { field } : {}) })),
    })),
    differing,
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
}
