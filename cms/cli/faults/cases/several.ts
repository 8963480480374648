import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { FaultCase, Outcome } from '../fault-case.ts'
import type { Trial } from '../open-trial.ts'

/** Several of each at work on one database, and nothing breaks: what is counted here is that nobody does another's work once more. */
export const several: FaultCase = {
  name: 'several',
  label: '每种进程多个同时工作',
  run: async ({ trial, ledger, holdMs }) => {
    const before = { writes: await countEngineWrites(trial), published: ledger.published() }
    await wait(holdMs)
    const outcome: Outcome = {
      what: '两个后台任务进程分担索引', faults: [],
      afterwards: async () => {
        const [writes, published] = [await countEngineWrites(trial) - before.writes, ledger.published() - before.published]
        return writes === published ? [] : [`发布了 ${published} 篇，两个后台任务进程却向搜索引擎写了 ${writes} 次`]
      },
    }
    return [outcome]
  },
}

/** How often the search engine was told to keep documents, since it was set up. */
async function countEngineWrites({ engine }: Trial): Promise<number> {
  const answer = await fetch(`${engine.url}/tasks?indexUids=documents&types=documentAdditionOrUpdate&limit=1`, {
    headers: { authorization: `Bearer ${engine.adminKey}` }, signal: AbortSignal.timeout(10_000) })
  return z.object({ total: z.number() }).parse(await answer.json()).total
}
