import { createHash } from 'node:crypto'
import {
  isAmendedSince,
  statuteKey,
  statuteVersion,
  type StatuteVersion,
} from '@cluster/shared/publishing/imported-policy'
import type { ImportLine } from '@cluster/shared/publishing/import-line'
import { parseLine } from './parse-line.ts'
import { readLines } from './read-lines.ts'

/** What has to be known of the whole file before its first line is taken. */
export type Survey = {
  /** Of the lines, not of the compressed bytes: packed anew it is still the same file. */
  hash: string
  lines: number
  /** True when a later version in the file records an amendment of this one. */
  isAmended: (line: ImportLine) => boolean
}

/** Reads the file once through, so that a damaged one is refused before anything is imported. @throws DamagedFile */
export async function surveyFile(path: string): Promise<Survey> {
  const hash = createHash('sha256')
  const versions = new Map<string, StatuteVersion[]>()
  let lines = 0
  for await (const fileLine of readLines(path)) {
    lines += 1
    hash.update(fileLine.bytes ?? 'too long').update('\n')
    const parsed = parseLine(fileLine)
    const version = 'line' in parsed ? statuteVersion(parsed.line) : null
    if (version === null || !('line' in parsed)) continue
    const key = statuteKey(parsed.line)
    versions.set(key, [...(versions.get(key) ?? []), version])
  }
  return {
    hash: hash.digest('hex'),
    lines,
    isAmended: (line) => isAmendedSince(line, versions.get(statuteKey(line)) ?? []),
  }
}
