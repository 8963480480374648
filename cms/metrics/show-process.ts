import { hostname } from 'node:os'
import type { Asker } from '../audit/rows.ts'
import type { Fault } from '../fault-log.ts'

export type ProcessKind = 'cms' | 'worker' | 'portal'
/** How often a process says that it is there; who has not for three times as long is taken for gone. */
const SAY_MS = 10_000
/** Processes that ended without a word are forgotten after a day. */
const FORGET = '1 day'

/** Writes down that a process is there, for the operator's page. */
export async function noteProcess(
  asker: Asker, { id, kind, host, startedAt, facts }: { id: string; kind: ProcessKind; host: string; startedAt: string; facts: Record<string, unknown> },
): Promise<void> {
  await asker.query(`
    insert into cluster.processes (id, kind, host, started_at, facts) values ($1, $2, $3, $4, $5)
    on conflict (id) do update set seen_at = now(), facts = excluded.facts`, [id, kind, host, startedAt, JSON.stringify(facts)])
}

/** Says every ten seconds that this process is there, until it is stopped. `asker` may be null for as long as there is no connection yet. */
export function showProcess({ kind, asker, facts = () => ({}), onFault }: {
  kind: ProcessKind
  asker: () => Asker | null
  facts?: () => Record<string, unknown>
  onFault: Fault
}) {
  const startedAt = new Date().toISOString()
  const id = `${kind}-${hostname()}-${process.pid}-${Date.parse(startedAt).toString(36)}`
  const say = async () => {
    const place = asker()
    if (!place) return
    await noteProcess(place, { id, kind, host: hostname(), startedAt, facts: { pid: process.pid, ...facts() } })
    await place.query(`delete from cluster.processes where seen_at < now() - interval '${FORGET}'`)
  }
  const timer = setInterval(() => void say().catch((error: unknown) => onFault('process-note', error)), SAY_MS)
  timer.unref()
  void say().catch((error: unknown) => onFault('process-note', error))
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await asker()?.query('delete from cluster.processes where id = $1', [id]).catch(() => undefined)
    },
  }
}
