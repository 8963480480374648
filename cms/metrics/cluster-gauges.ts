import { Gauge, type Registry } from 'prom-client'
import type { Asker } from '../audit/rows.ts'
import { readState } from '../operator/read-state.ts'

/** Figures of the cluster as a whole, which the worker tells: read from the database when somebody asks. @returns what reads them anew */
export function clusterGauges({ registry, asker, documentsInEngine }: {
  registry: Registry
  asker: Asker
  /** Null while the engine does not answer, or where there is none. */
  documentsInEngine: () => Promise<number | null>
}): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] })
  const jobs = new Gauge({ name: 'cluster_outbox_jobs', help: 'Jobs of the outbox by state.', labelNames: ['state'], registers: [registry] })
  const oldest = gauge('cluster_outbox_oldest_seconds', 'How long the oldest job that is due has waited.')
  const feed = gauge('cluster_feed_seq', 'Number of the last event of the change feed.')
  const lag = new Gauge({ name: 'cluster_search_missing_documents', help: 'Public documents that an index does not hold.', labelNames: ['index'], registers: [registry] })
  const unsealed = gauge('cluster_audit_unsealed_rows', 'Audit rows that wait for their seal.')
  const sealLag = gauge('cluster_audit_seal_lag_seconds', 'How long the oldest audit row without a seal has waited.')
  const chain = gauge('cluster_audit_chain_whole', '1 when the last check of the audit chain found it whole, 0 when not, -1 before the first check.')
  const backup = gauge('cluster_backup_age_seconds', 'Time since the last complete back-up; -1 where there is none.')
  const processes = new Gauge({ name: 'cluster_processes', help: 'Processes that were seen within the last half minute.', labelNames: ['kind'], registers: [registry] })
  return async () => {
    const state = await readState(asker)
    for (const name of ['waiting', 'running', 'scheduled', 'failed'] as const) jobs.set({ state: name }, state.queue[name])
    oldest.set(state.queue.oldestWaitingSeconds)
    feed.set(state.feed.seq)
    lag.set({ index: 'database' }, state.search.documents - state.search.indexed)
    const inEngine = await documentsInEngine()
    if (inEngine === null) lag.remove({ index: 'engine' })
    else lag.set({ index: 'engine' }, state.search.documents - inEngine)
    unsealed.set(state.audit.unsealed)
    sealLag.set(state.audit.oldestUnsealedSeconds)
    chain.set(state.lastCheck === null ? -1 : Number(state.lastCheck.isWhole))
    backup.set(state.lastBackup?.kind === 'backup' && state.lastBackup.result === 'complete' ? (Date.now() - Date.parse(state.lastBackup.at)) / 1000 : -1)
    processes.reset()
    for (const { kind, secondsAgo } of state.processes) if (secondsAgo <= 30) processes.inc({ kind })
    processes.set({ kind: 'delivery' }, state.deliveryConnections)
  }
}
