import { ask } from '../../bench/ask.ts'
import { migrateDatabase } from '../../prepare-database.ts'
import { withClient } from '../../services/make-database.ts'
import type { FaultCase, Outcome } from '../fault-case.ts'
import { trySettling } from '../try-settling.ts'

/** What a release that only adds brings along: a column and an index on tables that are in use. */
const ADDITIVE = `
  set lock_timeout = '10s';
  alter table articles add column if not exists rolling_note varchar;
  create index if not exists articles_rolling_note_idx on articles (rolling_note);
  alter table delivery.records add column if not exists rolling_note text`

/** Replaces every process by a new one, in order and one after the other, with a migration between the old and the new ones. */
export const rolling: FaultCase = {
  name: 'rolling',
  label: '滚动重启，其间迁移数据库',
  run: async ({ trial, tell }) => {
    const faults: string[] = []
    tell('… 迁移数据库，旧的进程还在工作')
    await withClient(trial.database.ownerUrl, (client) => client.query(ADDITIVE))
    await migrateDatabase({ env: trial.env as Parameters<typeof migrateDatabase>[0]['env'], logFolder: trial.folders.logs })
    let slowest = 0
    for (const kind of ['delivery', 'worker', 'cms', 'portal'] as const) {
      for (const service of trial.of(kind)) {
        tell(`… 重启 ${service.name}`)
        // Nothing is excused here: who is told to end answers first what was asked of it.
        await service.stop()
        slowest = Math.max(slowest, await service.start())
        const word = kind === 'worker' ? null : await ask({ port: trial.ports[service.name]!, path: '/healthz' })
        if (word && word.status !== 200) faults.push(`${service.name} 重启后不正常：${word.status}`)
      }
    }
    faults.push(...await trySettling(trial, '滚动重启之后'))
    return [{ what: '滚动重启', faults, figures: { 'restartMs slowest': Math.round(slowest) } } satisfies Outcome]
  },
}
