import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { openPools } from '../database/watched-pool.ts'
import { sharedState } from './shared-state.ts'

/** Bounds of the buckets in seconds: a stored answer takes milliseconds, an upload seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export type ProcessMetrics = { registry: Registry; requests: Histogram<'kind' | 'method' | 'status'> }

/** What every process tells of itself: memory, event-loop lag, requests, pools. Made once in a process. */
export function openMetrics(process: 'cms' | 'worker' | 'delivery'): ProcessMetrics {
  return sharedState('metrics', () => {
    const registry = new Registry()
    registry.setDefaultLabels({ process })
    collectDefaultMetrics({ register: registry })
    const requests = new Histogram({
      name: 'cluster_http_request_seconds', help: 'Requests answered, by kind, method and status.', labelNames: ['kind', 'method', 'status'], buckets: SECONDS, registers: [registry] })
    new Gauge({
      name: 'cluster_database_connections', help: 'Connections of each pool: open, idle, and callers waiting for one.', labelNames: ['pool', 'state'], registers: [registry],
      collect() {
        for (const [pool, { totalCount, idleCount, waitingCount }] of openPools()) {
          this.set({ pool, state: 'open' }, totalCount)
          this.set({ pool, state: 'idle' }, idleCount)
          this.set({ pool, state: 'waiting' }, waitingCount)
        }
      },
    })
    return { registry, requests }
  })
}
