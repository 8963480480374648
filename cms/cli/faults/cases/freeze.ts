import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase, Outcome } from '../fault-case.ts'
import { trySettling } from '../try-settling.ts'

const FROZEN = ['postgres', 'meilisearch', 'worker-1', 'cms-1', 'delivery-1', 'portal-1']

/** Stops one process of each kind where it stands (SIGSTOP): it keeps its connections and answers nothing; then lets it go on. */
export const freeze: FaultCase = {
  name: 'freeze',
  label: '冻结进程（SIGSTOP）',
  run: async ({ trial, holdMs, tell }) => {
    const outcomes: Outcome[] = []
    for (const name of FROZEN) {
      tell(`… 冻结 ${name}`)
      const service = trial.service(name)
      service.freeze()
      await wait(holdMs)
      service.thaw()
      outcomes.push({ what: `冻结 ${name}`, faults: await trySettling(trial, `冻结 ${name} 之后`) })
    }
    return outcomes
  },
}
