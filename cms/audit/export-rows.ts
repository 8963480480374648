import { deedLabel, reasonLabel } from '@cluster/shared/audit/deeds'
import type { Asker } from './rows.ts'
import { type AuditQuery, type AuditScope, searchAudit, type SealedRow } from './search.ts'

/** Rows read at a time: an export of years is never in memory as a whole. */
const PORTION = 1_000

export const EXPORT_FORMATS = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const
export type ExportFormat = keyof typeof EXPORT_FORMATS

const COLUMNS: ReadonlyArray<readonly [string, (row: SealedRow) => string | number | null]> = [
  ['编号', ({ id }) => id], ['时间（UTC）', ({ at }) => at], ['账号编号', ({ personId }) => personId], ['姓名', ({ personName }) => personName],
  ['邮箱', ({ personEmail }) => personEmail], ['职责', ({ duty }) => duty], ['操作', ({ deed }) => deedLabel(deed)], ['操作代码', ({ deed }) => deed],
  ['对象', ({ collection }) => collection], ['对象编号', ({ documentId }) => documentId], ['版本', ({ version }) => version], ['站点', ({ site }) => site],
  ['结果', ({ isRefused }) => (isRefused ? '被拒绝' : '完成')], ['原因', ({ reason }) => (reason === null ? null : reasonLabel(reason))],
  ['原因代码', ({ reason }) => reason], ['来源地址', ({ address }) => address], ['请求编号', ({ requestId }) => requestId],
  ['详情', ({ detail }) => JSON.stringify(detail)], ['封存序号', ({ seal }) => seal?.seq ?? null], ['封存值', ({ seal }) => seal?.hash ?? null],
]

/** The matching rows as a file, the latest first, read while it is sent. */
export function exportRows(asker: Asker, query: AuditQuery, scope: AuditScope, format: ExportFormat): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let before = query.before
  let hasBegun = false
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      // Excel takes a file without this mark for one in the local encoding.
      if (!hasBegun && format === 'csv') controller.enqueue(encoder.encode(`\ufeff${line(COLUMNS.map(([title]) => title))}`))
      hasBegun = true
      const rows = await searchAudit(asker, { ...query, before }, scope, PORTION)
      const written = rows.map((row) => (format === 'csv' ? line(COLUMNS.map(([, value]) => value(row))) : `${JSON.stringify(row)}\n`)).join('')
      if (written !== '') controller.enqueue(encoder.encode(written))
      before = rows.at(-1)?.id
      if (rows.length < PORTION) controller.close()
    },
  })
}

const line = (cells: ReadonlyArray<string | number | null>) => `${cells.map(cell).join(',')}\r\n`

/** RFC 4180; and what a spreadsheet would take for a formula is made plain text. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
