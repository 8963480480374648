import type { Asker } from '../audit/rows.ts'

/** How the cluster stands, as the database knows it: for the operator's page and for the figures. */
export type ClusterState = {
  queue: { waiting: number; running: number; scheduled: number; failed: number; oldestWaitingSeconds: number }
  feed: { seq: number; at: string | null }
  search: { documents: number; indexed: number }
  audit: { unsealed: number; oldestUnsealedSeconds: number; sealed: number }
  lastCheck: { at: string; sealedRows: number; isWhole: boolean } | null
  lastBackup: { at: string; kind: string; bytes: number; result: string } | null
  processes: Array<{ id: string; kind: string; host: string; startedAt: string; secondsAgo: number; facts: Record<string, unknown> }>
  deliveryConnections: number
}

const number = (value: unknown) => Number(value ?? 0)

/** A job that has used up its attempts, or fails again and again. */
const FAILED = 'last_error is not null'

/** Reads it anew each time; some ten short questions. */
export async function readState(asker: Asker): Promise<ClusterState> {
  const one = async <Row extends Record<string, unknown>>(statement: string) => (await asker.query<Row>(statement)).rows[0]
  const queue = await one(`
    select count(*) filter (where locked_at is null and run_at <= now() and last_error is null) as waiting, count(*) filter (where locked_at is not null) as running,
      count(*) filter (where locked_at is null and run_at > now() and last_error is null) as scheduled, count(*) filter (where ${FAILED}) as failed,
      extract(epoch from now() - min(greatest(run_at, created_at)) filter (where locked_at is null and run_at <= now() and attempts < max_attempts)) as oldest
    from graphile_worker.jobs`)
  const feed = await one<{ seq: string; at: Date }>('select seq, at from delivery.feed order by seq desc limit 1')
  const search = await one('select (select count(*) from delivery.records) as documents, (select count(*) from delivery.search) as indexed')
  const audit = await one(`
    select (select count(*) from cluster.audit_unsealed) as unsealed, (select coalesce(max(seq), 0) from cluster.audit_seals) as sealed,
      (select extract(epoch from now() - min(at)) from cluster.audit_unsealed join cluster.audit on id = row_id) as oldest`)
  const check = await one<{ at: Date; rows: string; ok: boolean }>(
    'select finished_at as at, sealed_rows as rows, fault is null as ok from cluster.audit_checks order by id desc limit 1')
  const { rows: processes } = await asker.query<ClusterState['processes'][number] & { startedAt: Date }>(`
    select id, kind, host, started_at as "startedAt", extract(epoch from now() - seen_at)::integer as "secondsAgo", facts
    from cluster.processes where seen_at > now() - interval '1 day' order by kind, host, started_at`)
  const delivery = await one("select count(*) as count from pg_stat_activity where datname = current_database() and application_name = 'cluster-delivery-feed'")
  return {
    queue: {
      waiting: number(queue?.waiting), running: number(queue?.running), scheduled: number(queue?.scheduled), failed: number(queue?.failed),
      oldestWaitingSeconds: number(queue?.oldest) },
    feed: { seq: number(feed?.seq), at: feed ? new Date(feed.at).toISOString() : null },
    search: { documents: number(search?.documents), indexed: number(search?.indexed) },
    audit: { unsealed: number(audit?.unsealed), oldestUnsealedSeconds: number(audit?.oldest), sealed: number(audit?.sealed) },
    lastCheck: check ? { at: new Date(check.at).toISOString(), sealedRows: number(check.rows), isWhole: check.ok } : null,
    lastBackup: await lastBackup(asker),
    processes: processes.map((each) => ({ ...each, startedAt: new Date(each.startedAt).toISOString(), secondsAgo: number(each.secondsAgo) })),
    deliveryConnections: number(delivery?.count),
  }
}

async function lastBackup(asker: Asker): Promise<ClusterState['lastBackup']> {
  const { rows: [table] } = await asker.query<{ found: string | null }>("select to_regclass('cluster.backups')::text as found")
  if (!table?.found) return null
  const { rows: [run] } = await asker.query<{ at: Date; kind: string; bytes: string | null; result: string }>(
    'select finished_at as at, kind, bytes, result from cluster.backups where finished_at is not null order by id desc limit 1')
  return run ? { at: new Date(run.at).toISOString(), kind: run.kind, bytes: number(run.bytes), result: run.result } : null
}
