import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainText } from '@cluster/shared/publishing/rich-text'
import { titleKey } from '@cluster/shared/publishing/title-key'
import { ROOT } from '../cli/folders.ts'
import { query, sql } from '../database/query.ts'
import { openTestPayload, type TestPayload } from '../testing/payload.ts'
import { openOffice } from './import-fixtures.ts'
import type { ImportResult } from './import-run.ts'
import { markdownToRichText } from './markdown-to-rich-text.ts'
import { parseLine } from './parse-line.ts'
import { readLines } from './read-lines.ts'

const FILE = join(ROOT, '..', 'shared', 'data', 'policies.jsonl.gz')
/** Reported as skipped where the documents are not at hand. */
const withDocuments = describe.skipIf(!existsSync(FILE))

withDocuments('3,416 real statutes', () => {
  let test: TestPayload
  let result: ImportResult

  beforeAll(async () => {
    test = await openTestPayload()
    const { destination } = await openOffice(test.payload)
    const { importFile } = await import('./import-file.ts')
    result = await importFile(test.payload, { path: FILE, destination, now: () => new Date() })
  }, 300_000)
  afterAll(() => test?.close())

  it('all go through, with what they lack as findings', async () => {
    expect(result).toMatchObject({ lines: 3416, imported: 3416, refused: [], differing: [] })
    const found = new Map(result.findings.map(({ code, documents }) => [code, documents]))
    expect([
      found.get('document-number-missing'),
      found.get('issue-date-missing'),
      found.get('issuer-missing'),
    ]).toEqual([2732, 68, undefined])
  })

  it('none becomes one of the province', async () => {
    const req = await createLocalReq({}, test.payload)
    const rows = await query<{ applicability: string | null }>(req, sql`select distinct applicability from policies`)
    expect(rows.map(({ applicability }) => applicability)).not.toContain('江苏')
  })

  it('101 titles repeat, and the same ones by their key', async () => {
    const req = await createLocalReq({}, test.payload)
    const rows = await query<{ title: string }>(req, sql`select title from policies`)
    const repeated = (keys: string[]) => new Set(keys.filter((key, index) => keys.indexOf(key) !== index)).size
    const titles = rows.map(({ title }) => title)
    expect([repeated(titles), repeated(titles.map(titleKey))]).toEqual([101, 101])
  })
})

withDocuments('the words of the real statutes', () => {
  it('are all kept', async () => {
    /** What Markdown spells and a reader does not see: heading marks, list numbers, table rules, spaces. */
    const bare = (text: string) =>
      text
        .replace(/^#+(?: |$)/gm, '')
        .replace(/^\|[-|: ]+\|$/gm, '')
        .replace(/^\d+\. /gm, '')
        .replace(/[\s|]/g, '')
    const lost: string[] = []
    let read = 0
    for await (const fileLine of readLines(FILE)) {
      const parsed = parseLine(fileLine)
      if (!('line' in parsed)) throw new Error(`line ${fileLine.number} is refused`)
      read += 1
      const kept = plainText(markdownToRichText(parsed.line.body)).replace(/[\s|]/g, '')
      if (kept !== bare(parsed.line.body)) lost.push(parsed.line.title)
    }
    expect([read, lost]).toEqual([3416, []])
  }, 120_000)
})
