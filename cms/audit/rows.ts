import type { QueryResultRow } from 'pg'
import type { AuditRow } from '@cluster/shared/audit/chain'

/** Asks PostgreSQL; a pool or one connection. */
export type Asker = { query: <Row extends QueryResultRow>(statement: string, values?: unknown[]) => Promise<{ rows: Row[] }> }

/** A pool, as far as one needs it for a transaction. */
export type Connections = Asker & { connect: () => Promise<Asker & { release: () => void }> }

/** The columns of an audit row as its seal covers them: the time in full precision, whatever the session's time zone. */
export const AUDIT_COLUMNS = `audit.id::text as id, to_char(audit.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  audit.person_id as "personId", audit.person_name as "personName", audit.person_email as "personEmail", audit.duty, audit.deed, audit.collection,
  audit.document_id as "documentId", audit.version, audit.site, audit.is_refused as "isRefused", audit.reason, audit.address,
  audit.request_id as "requestId", audit.detail`

export type StoredRow = Omit<AuditRow, 'id'> & { id: string }

/** A row as the database gives it → as the chain takes it. */
export function auditRowOf(stored: StoredRow): AuditRow {
  const {
    at, personId, personName, personEmail, duty, deed, collection, documentId, version, site, isRefused, reason, address, requestId, detail,
  } = stored
  return {
    id: Number(stored.id), at, personId, personName, personEmail, duty, deed, collection, documentId, version, site, isRefused, reason, address, requestId, detail }
}
