import type { PayloadRequest } from 'payload'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { type Submission, type YearRow, yearTable } from '@cluster/shared/publishing/content-pool/submission'
import { z } from 'zod'
import { today } from '../../../access/granted-sites.ts'
import { query, sql } from '../../../database/query.ts'
import { grantedOf, slugsOf } from './granted.ts'
import { poolSites } from './pool-sites.ts'

export const yearSchema = z.coerce.number().int().min(2000).max(2999)
export type NamedYearRow = YearRow & { name: string }

type Row = Pick<Submission, 'from' | 'state'> & { to: string; level: Submission['to']['level']; decidedAt: string | null }

/** The yearly table of the sites that the person may read: an office sees its own line, a city its counties', the province all. */
export async function yearReport(req: PayloadRequest, year: number): Promise<NamedYearRow[]> {
  const sites = await grantedOf(req, await poolSites(req), READING_DUTIES)
  const rows = await query<Row>(req, sql`
    select from_site as "from", state, to_site as "to", to_level as level, decided_at as "decidedAt" from cluster.submissions
    where from_site = any (${slugsOf(sites)}::text[]) and decided_at between ${`${year - 1}-12-31`}::date and ${`${year + 1}-01-02`}::date`)
  const table = yearTable(rows.map(({ from, state, to, level, decidedAt }) => (
    { from, state, to: { slug: to, level }, decidedOn: decidedAt === null ? null : today(new Date(decidedAt)) })), year)
  const names = new Map(sites.map(({ slug, name }) => [slug, name]))
  return table.map((row) => ({ ...row, name: names.get(row.site) ?? row.site }))
}

/** The table as a spreadsheet program of an office opens it: UTF-8 with its mark, CRLF (RFC 4180). */
export function yearCsv(rows: readonly NamedYearRow[]): string {
  const lines = [['站点', '已办结', '采用', '市级采用', '省级采用', '积分'],
    ...rows.map(({ name, submitted, accepted, byCity, byProvince, points }) => [name, submitted, accepted, byCity, byProvince, points].map(String))]
  return `\uFEFF${lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`
}

/** A cell that begins like a formula would be one in a spreadsheet. */
function quoted(cell: string): string {
  return `"${(/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell).replace(/"/g, '""')}"`
}
