import { type ChainEnd, GENESIS, type Seal, sealRow } from '@cluster/shared/audit/chain'
import type { Fault } from '../fault-log.ts'
import { type Asker, AUDIT_COLUMNS, auditRowOf, type Connections, type StoredRow } from './rows.ts'

/** Whoever holds it seals; the others find nothing to do. */
const SEALER = 726_505
/** Rows sealed in one transaction. */
const PORTION = 500
/** A row is sealed within a second of its commit: looked for four times a second, each look an index lookup in an empty table. */
const LOOK_MS = 250
const RETRY_MS = 1_000

/** The chain's end as it stands: the last seal, or the place where older ones were moved out. */
export async function chainEnd(asker: Asker): Promise<ChainEnd> {
  const { rows: [end] } = await asker.query<{ seq: string; hash: string }>(`
    (select seq, hash from cluster.audit_seals order by seq desc limit 1) union all
    (select seq, hash from cluster.audit_checkpoints order by seq desc limit 1) order by seq desc limit 1`)
  return end ? { seq: Number(end.seq), hash: end.hash } : GENESIS
}

/** Seals what waits, one portion of it. @returns how many rows were sealed; 0 also when another process is at it */
export async function sealWaiting(pool: Connections): Promise<number> {
  const { rows: [waiting] } = await pool.query<{ any: boolean }>('select exists (select from cluster.audit_unsealed) as any')
  if (!waiting?.any) return 0
  const client = await pool.connect()
  try {
    await client.query('begin')
    const count = await sealPortion(client)
    await client.query('commit')
    return count
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function sealPortion(client: Asker): Promise<number> {
  const { rows: [lock] } = await client.query<{ isMine: boolean }>('select pg_try_advisory_xact_lock($1) as "isMine"', [SEALER])
  if (!lock?.isMine) return 0
  const { rows } = await client.query<StoredRow>(`
    select ${AUDIT_COLUMNS} from cluster.audit_unsealed as waiting join cluster.audit on audit.id = waiting.row_id
    where not exists (select from cluster.audit_seals as seal where seal.row_id = audit.id) order by waiting.row_id limit ${PORTION}`)
  if (rows.length === 0) return 0
  const seals: Seal[] = []
  let end = await chainEnd(client)
  for (const row of rows) {
    const seal = sealRow(end, auditRowOf(row))
    seals.push(seal)
    end = { seq: seal.seq, hash: seal.hash }
  }
  await client.query('insert into cluster.audit_seals (seq, row_id, previous_hash, hash) select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])', [
    seals.map(({ seq }) => seq), seals.map(({ rowId }) => rowId), seals.map(({ previousHash }) => previousHash), seals.map(({ hash }) => hash)])
  await client.query('delete from cluster.audit_unsealed where row_id = any ($1::bigint[])', [seals.map(({ rowId }) => rowId)])
  return seals.length
}

export type Sealer = ReturnType<typeof createSealer>

/** Seals audit rows as they are committed. Any number of processes may run one: at each moment one of them seals. */
export function createSealer({ pool, onFault }: { pool: Connections; onFault: Fault }) {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let isAtFault = false
  let sealing: Promise<void> = Promise.resolve()

  async function seal(): Promise<void> {
    let waitMs = LOOK_MS
    try {
      while (!isStopped && await sealWaiting(pool) === PORTION);
      isAtFault = false
    } catch (error) {
      // Told once for each time of trouble: it is tried again every second.
      if (!isAtFault && !isStopped) onFault('audit-seal', error)
      isAtFault = true
      waitMs = RETRY_MS
    }
    if (!isStopped) timer = setTimeout(() => { sealing = seal() }, waitMs)
  }

  return {
    start: (): void => { sealing = seal() },
    stop: async (): Promise<void> => {
      isStopped = true
      clearTimeout(timer)
      await sealing
      clearTimeout(timer)
    },
  }
}
