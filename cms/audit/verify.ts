import { type ChainEnd, type ChainFault, checkLink, GENESIS } from '@cluster/shared/audit/chain'
import { type Asker, AUDIT_COLUMNS, auditRowOf, type Connections, type StoredRow } from './rows.ts'

const PAGE = 2_000
/** Longer than any healthy sealer takes; a row without a seal after that was slipped in, or nobody seals. */
const SEAL_PATIENCE = '1 minute'

export type ChainCheck = {
  startedAt: string
  sealedRows: number
  head: ChainEnd
  /** The first fault; null when the chain holds. */
  fault: ChainFault | null
}

/**
 * Checks the whole chain against the rows, in one snapshot, and that the head of the last good check (and `anchor`, a head that somebody
 * has kept outside) is still in it. Writes down what it found.
 */
export async function verifyAudit(pool: Connections, { anchor = null, onProgress }: { anchor?: ChainEnd | null; onProgress?: (rows: number) => void } = {}): Promise<ChainCheck> {
  const startedAt = new Date().toISOString()
  const client = await pool.connect()
  let check: ChainCheck
  try {
    await client.query('begin isolation level repeatable read read only')
    const anchors = [anchor, await lastGoodHead(client)].filter((kept): kept is ChainEnd => kept !== null)
    check = { startedAt, ...await walk(client, anchors, onProgress) }
    check.fault ??= await strayRow(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
  await pool.query('insert into cluster.audit_checks (started_at, sealed_rows, head_seq, head_hash, fault) values ($1, $2, $3, $4, $5)', [
    startedAt, check.sealedRows, check.head.seq, check.head.hash, check.fault === null ? null : JSON.stringify(check.fault)])
  return check
}

async function walk(client: Asker, anchors: readonly ChainEnd[], onProgress?: (rows: number) => void): Promise<Pick<ChainCheck, 'sealedRows' | 'head' | 'fault'>> {
  const begin = await chainBegin(client)
  let head = begin
  let sealedRows = 0
  const missed = (end: ChainEnd) => anchors.find((kept) => kept.seq === end.seq && kept.hash !== end.hash)
  for (;;) {
    const { rows } = await client.query<{ seq: string; rowId: string; previousHash: string; hash: string; id: string | null } & StoredRow>(`
      select seal.seq, seal.row_id as "rowId", seal.previous_hash as "previousHash", seal.hash, ${AUDIT_COLUMNS}
      from cluster.audit_seals as seal left join cluster.audit on audit.id = seal.row_id where seal.seq > $1 order by seal.seq limit ${PAGE}`, [head.seq])
    for (const row of rows) {
      const seal = { seq: Number(row.seq), rowId: Number(row.rowId), previousHash: row.previousHash, hash: row.hash }
      const checked = checkLink(head, { seal, row: row.id === null ? null : auditRowOf(row) })
      if ('fault' in checked) return { sealedRows, head, fault: checked.fault }
      head = checked.end
      sealedRows += 1
      if (missed(head)) return { sealedRows, head, fault: { code: 'anchor-missing', seq: head.seq, rowId: seal.rowId } }
    }
    onProgress?.(sealedRows)
    if (rows.length < PAGE) break
  }
  const beyond = anchors.find((kept) => kept.seq > head.seq || (kept.seq === begin.seq && kept.hash !== begin.hash))
  return { sealedRows, head, fault: beyond ? { code: 'anchor-missing', seq: beyond.seq, rowId: null } : null }
}

async function chainBegin(client: Asker): Promise<ChainEnd> {
  const { rows: [moved] } = await client.query<{ seq: string; hash: string }>('select seq, hash from cluster.audit_checkpoints order by seq desc limit 1')
  return moved ? { seq: Number(moved.seq), hash: moved.hash } : GENESIS
}

async function lastGoodHead(client: Asker): Promise<ChainEnd | null> {
  const { rows: [last] } = await client.query<{ seq: string; hash: string }>(
    'select head_seq as seq, head_hash as hash from cluster.audit_checks where fault is null order by id desc limit 1')
  return last ? { seq: Number(last.seq), hash: last.hash } : null
}

/** Rows that no seal covers although it is time, and entries of the queue whose row is gone. */
async function strayRow(client: Asker): Promise<ChainFault | null> {
  const { rows: [gone] } = await client.query<{ id: string }>(
    'select row_id::text as id from cluster.audit_unsealed where not exists (select from cluster.audit where id = row_id) order by row_id limit 1')
  if (gone) return { code: 'row-missing', seq: null, rowId: Number(gone.id) }
  const { rows: [bare] } = await client.query<{ id: string }>(`
    select id::text as id from cluster.audit where at < now() - interval '${SEAL_PATIENCE}'
      and not exists (select from cluster.audit_seals where row_id = audit.id) order by id limit 1`)
  return bare ? { code: 'row-unsealed', seq: null, rowId: Number(bare.id) } : null
}
