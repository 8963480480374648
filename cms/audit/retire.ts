import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { type AuditRow, type ChainEnd, checkLink, type Seal } from '@cluster/shared/audit/chain'
import { type Asker, AUDIT_COLUMNS, auditRowOf, type StoredRow } from './rows.ts'

const PORTION = 2_000

/** What an export of moved rows begins with. */
export type RetiredHeader = { kind: 'audit-export'; begin: ChainEnd; end: ChainEnd; rows: number; before: string }
export type Retired = { rows: number; end: ChainEnd; fileDigest: string }

/**
 * Moves the oldest rows of the chain into a file: writes them with their seals, reads the file back and checks it, and only then deletes
 * them, leaving a checkpoint at which the chain goes on. One transaction, as the owner of the tables: nobody else may.
 * @param before rows committed earlier than this; moving stops at the first that is not, so that the chain stays whole
 * @returns null where no row is that old
 * @throws BrokenChain where the rows and their seals do not fit: then they are evidence, and stay
 */
export async function retireAudit(client: Asker, { before, file }: { before: Date; file: string }): Promise<Retired | null> {
  await client.query('begin')
  try {
    await client.query('lock table cluster.audit_seals, cluster.audit_checkpoints in exclusive mode')
    const begin = await beginning(client)
    const until = await lastOldSeal(client, before)
    const retired = until === null ? null : await writeOut(client, { begin, until, before, file })
    if (retired) await forget(client, { retired, before, file })
    await client.query('commit')
    return retired
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The chain that was to be moved out is not whole. */
export class BrokenChain extends Error {
  override name = 'BrokenChain'
}

async function beginning(client: Asker): Promise<ChainEnd> {
  const { rows: [first] } = await client.query<{ seq: string; hash: string }>('select seq, previous_hash as hash from cluster.audit_seals order by seq limit 1')
  return first ? { seq: Number(first.seq) - 1, hash: first.hash } : { seq: 0, hash: '' }
}

/** The seal before the first one whose row is young; rows are sealed in about the order of their time. */
async function lastOldSeal(client: Asker, before: Date): Promise<number | null> {
  const { rows: [found] } = await client.query<{ seq: string | null }>(`
    select coalesce(
      (select min(seal.seq) - 1 from cluster.audit_seals as seal join cluster.audit on audit.id = seal.row_id where audit.at >= $1),
      (select max(seq) from cluster.audit_seals)) as seq`, [before.toISOString()])
  const { rows: [first] } = await client.query<{ seq: string | null }>('select min(seq) as seq from cluster.audit_seals')
  const [last, oldest] = [Number(found?.seq ?? 0), first?.seq === null || first === undefined ? null : Number(first.seq)]
  return oldest !== null && last >= oldest ? last : null
}

type Move = { begin: ChainEnd; until: number; before: Date; file: string }

async function writeOut(client: Asker, { begin, until, before, file }: Move): Promise<Retired> {
  const draft = `${file}.part`
  const { rows: [end] } = await client.query<{ hash: string }>('select hash from cluster.audit_seals where seq = $1', [until])
  const header: RetiredHeader = { kind: 'audit-export', begin, end: { seq: until, hash: end!.hash }, rows: until - begin.seq, before: before.toISOString() }
  const place = await open(draft, 'wx', 0o600)
  try {
    await place.write(`${JSON.stringify(header)}\n`)
    for (let from = begin.seq; from < until;) {
      const { rows } = await client.query<{ seq: string; previousHash: string; hash: string; id: string | null } & StoredRow>(`
        select seal.seq, seal.previous_hash as "previousHash", seal.hash, ${AUDIT_COLUMNS}
        from cluster.audit_seals as seal left join cluster.audit on audit.id = seal.row_id where seal.seq > $1 and seal.seq <= $2 order by seal.seq limit ${PORTION}`, [from, until])
      if (rows.length === 0) throw new BrokenChain(`no seal after ${from}`)
      await place.write(rows.map((row) => `${JSON.stringify({
        seal: { seq: Number(row.seq), rowId: row.id === null ? null : Number(row.id), previousHash: row.previousHash, hash: row.hash }, row: row.id === null ? null : auditRowOf(row) })}\n`).join(''))
      from = Number(rows.at(-1)!.seq)
    }
    await place.sync()
  } finally {
    await place.close()
  }
  try {
    const fileDigest = await checkRetired(draft)
    await rename(draft, file)
    return { rows: header.rows, end: header.end, fileDigest }
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/**
 * Reads a file of moved rows and checks every link in it.
 * @returns the file's digest, as the checkpoint keeps it
 * @throws BrokenChain naming the first line that does not fit
 */
export async function checkRetired(file: string): Promise<string> {
  const digest = createHash('sha256')
  const source = createReadStream(file)
  source.on('data', (chunk) => digest.update(chunk))
  let header: RetiredHeader | null = null
  let end: ChainEnd | null = null
  for await (const text of createInterface({ input: source, crlfDelay: Infinity })) {
    if (!header || !end) {
      header = JSON.parse(text) as RetiredHeader
      end = header.begin
      continue
    }
    const { seal, row } = JSON.parse(text) as { seal: Seal; row: AuditRow | null }
    const checked = checkLink(end, { seal, row })
    if ('fault' in checked) throw new BrokenChain(`${checked.fault.code} at seal ${seal.seq}`)
    end = checked.end
  }
  if (!header || !end || end.seq !== header.end.seq || end.hash !== header.end.hash) throw new BrokenChain('the file ends before the chain that it announces')
  return `sha256:${digest.digest('hex')}`
}

/** The triggers stand aside for this transaction only; it holds the tables' locks meanwhile. */
async function forget(client: Asker, { retired, before, file }: { retired: Retired; before: Date; file: string }): Promise<void> {
  for (const table of ['cluster.audit', 'cluster.audit_seals']) await client.query(`alter table ${table} disable trigger append_only`)
  await client.query('delete from cluster.audit using cluster.audit_seals as seal where seal.row_id = audit.id and seal.seq <= $1', [retired.end.seq])
  await client.query('delete from cluster.audit_seals where seq <= $1', [retired.end.seq])
  for (const table of ['cluster.audit', 'cluster.audit_seals']) await client.query(`alter table ${table} enable trigger append_only`)
  await client.query('insert into cluster.audit_checkpoints (seq, hash, moved_rows, moved_before, file_name, file_digest) values ($1, $2, $3, $4, $5, $6)', [
    retired.end.seq, retired.end.hash, retired.rows, before.toISOString(), basename(file), retired.fileDigest])
}
