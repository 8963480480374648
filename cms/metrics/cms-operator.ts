import type { Server } from 'node:http'
import { openPools } from '../database/watched-pool.ts'
import { env } from '../env.ts'
import { faultLog } from '../fault-log.ts'
import { listenForOperator } from './operator-listener.ts'
import { openMetrics } from './process-metrics.ts'
import { showProcess } from './show-process.ts'
import { watchRequests } from './watch-requests.ts'

const KINDS: ReadonlyArray<readonly [string, string]> = [
  ['/api/intake/', 'intake'], ['/api/', 'api'], ['/admin', 'admin'], ['/_next/', 'asset'], ['/healthz', 'health']]

/** Request ids, figures and the sign of life of one CMS process; to be opened before its first request. */
export function openCmsOperator(): { stop: () => Promise<void> } {
  const { CMS_OPERATOR_PORT, CMS_PORT } = env()
  const { log, onFault } = faultLog('cms')
  const metrics = openMetrics('cms')
  const operator: Server = listenForOperator({ port: CMS_OPERATOR_PORT, registry: metrics.registry, onFault })
  watchRequests({ metrics, log, kindOf: (path) => KINDS.find(([start]) => path.startsWith(start))?.[1] ?? 'other', passOver: () => operator })
  // The pool is Payload's; there is none before the first request.
  return showProcess({ kind: 'cms', asker: () => openPools().get('cms') ?? null, facts: () => ({ port: CMS_PORT }), onFault })
}
