import { setTimeout as wait } from 'node:timers/promises'
import type { FaultCase, Outcome } from '../fault-case.ts'
import { markLogs, whoDoesNotSayWhy } from '../named-cause.ts'
import type { LineState } from '../open-line.ts'
import { LINES, type Kind } from '../open-trial.ts'
import { trySettling } from '../try-settling.ts'

const STATES: ReadonlyArray<{ what: string; state: LineState }> = [
  { what: '切断', state: 'cut' },
  { what: '静默（丢弃一切）', state: 'silent' },
  { what: '半开（对端已不在）', state: 'half-open' },
  { what: '变慢（每包 120 毫秒）', state: { delayMs: 120 } },
]

/** Cuts, silences and slows down the connections between the processes, one line and one way after the other. */
export const line: FaultCase = {
  name: 'line',
  label: '断开、阻塞、拖慢进程之间的连接',
  run: async ({ trial, holdMs, tell }) => {
    const outcomes: Outcome[] = []
    for (const name of LINES) {
      for (const { what, state } of STATES) {
        tell(`… ${name} ${what}`)
        const kind = name.split('-')[0] as Kind
        const marks = markLogs(trial.of(kind))
        // Readers are connected to nginx alone: none of these lines is theirs, and nothing is excused.
        trial.lines[name].set(state)
        await wait(holdMs)
        trial.lines[name].set('open')
        const faults = await trySettling(trial, `${name} ${what}之后`)
        if (state === 'cut') faults.push(...whoDoesNotSayWhy(trial.of(kind), marks))
        outcomes.push({ what: `${name} ${what}`, faults })
      }
    }
    return outcomes
  },
}
