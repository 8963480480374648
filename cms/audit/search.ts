import { z } from 'zod'
import type { AuditRow } from '@cluster/shared/audit/chain'
import { type Asker, AUDIT_COLUMNS, auditRowOf, type StoredRow } from './rows.ts'

/** Rows of one page of the screen. */
export const PAGE_SIZE = 50
const LARGEST_INTEGER = 2 ** 31 - 1

const day = z.iso.date()
const code = z.string().trim().regex(/^[a-z0-9-]{1,60}$/)
const filled = <Schema extends z.ZodType>(schema: Schema) => z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional())

/** What one can look for. Days are Jiangsu's, both included. */
export const auditQuerySchema = z.object({
  from: filled(day),
  until: filled(day),
  /** Part of a name, or of an e-mail address. */
  person: filled(z.string().trim().max(100)),
  site: filled(code),
  deed: filled(code),
  result: filled(z.enum(['done', 'refused'])),
  collection: filled(code),
  document: filled(z.coerce.number().int().min(1).max(LARGEST_INTEGER)),
  request: filled(z.string().trim().regex(/^[A-Za-z0-9_-]{8,64}$/)),
  /** Rows older than this one: the next page. */
  before: filled(z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)),
})
export type AuditQuery = z.output<typeof auditQuerySchema>

/** The sites that an audit administrator sees: all, with what belongs to no site, or the named ones. */
export type AuditScope = 'all' | readonly string[]

export type SealedRow = AuditRow & { seal: { seq: number; previousHash: string; hash: string } | null }

/** The rows that match, the latest first. */
export async function searchAudit(asker: Asker, query: AuditQuery, scope: AuditScope, limit = PAGE_SIZE): Promise<SealedRow[]> {
  const values: unknown[] = []
  const given = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    scope === 'all' ? null : `audit.site = any (${given([...scope])}::text[])`,
    query.from ? `audit.at >= ${given(`${query.from}T00:00:00+08:00`)}::timestamptz` : null,
    query.until ? `audit.at < ${given(`${query.until}T00:00:00+08:00`)}::timestamptz + interval '1 day'` : null,
    query.person ? personCondition(given(`%${escapeLike(query.person)}%`)) : null,
    query.site ? `audit.site = ${given(query.site)}` : null,
    query.deed ? `audit.deed = ${given(query.deed)}` : null,
    query.result ? `audit.is_refused = ${given(query.result === 'refused')}` : null,
    query.collection ? `audit.collection = ${given(query.collection)}` : null,
    query.document ? `audit.document_id = ${given(query.document)}` : null,
    query.request ? `audit.request_id = ${given(query.request)}` : null,
    query.before ? `audit.id < ${given(query.before)}` : null,
  ].filter((condition) => condition !== null)
  const { rows } = await asker.query<StoredRow & { seq: string | null; previousHash: string; hash: string }>(`
    select ${AUDIT_COLUMNS}, seal.seq, seal.previous_hash as "previousHash", seal.hash
    from cluster.audit left join cluster.audit_seals as seal on seal.row_id = audit.id
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''} order by audit.id desc limit ${given(limit)}`, values)
  return rows.map((row) => ({
    ...auditRowOf(row), seal: row.seq === null ? null : { seq: Number(row.seq), previousHash: row.previousHash, hash: row.hash } }))
}

/** Who did it, and what was done to whom: tries to sign in to an account have no person, the account is their object. */
function personCondition(pattern: string): string {
  return `(audit.person_name like ${pattern} or audit.person_email ilike ${pattern}
    or (audit.collection = 'users' and audit.document_id in (select id from users where name like ${pattern} or email ilike ${pattern})))`
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
