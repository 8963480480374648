import { setTimeout as wait } from 'node:timers/promises'
import { chance } from '../chance.ts'
import type { FaultCase, Outcome } from '../fault-case.ts'
import type { Trial } from '../open-trial.ts'
import { untilSettled } from '../settle.ts'

/** Longest time between two kills. */
const PAUSE_MS = 900

/** Kills one process after another, each at a moment of chance, and starts it again at once: as often as the stage says, every kind alike. */
export const kill: FaultCase = {
  name: 'kill',
  label: '随机强行结束进程（SIGKILL）',
  run: async ({ trial, readers, kills, seed, tell }) => {
    const random = chance(seed)
    const restarts = new Map<string, number[]>()
    let queue: string[] = []
    for (let number = 1; number <= kills; number += 1) {
      if (queue.length === 0) queue = shuffled(number === 1 ? oneOfEach(trial) : trial.services.map(({ name }) => name), random)
      const name = queue.shift()!
      await wait(random() * PAUSE_MS)
      const service = trial.service(name)
      await readers.blow(() => service.crash())
      const ms = await service.start()
      const kind = name.replace(/-\d+$/, '')
      restarts.set(kind, [...(restarts.get(kind) ?? []), ms])
      if (number % 10 === 0) tell(`… 已强行结束 ${number} 次`)
    }
    const faults: string[] = []
    await untilSettled(trial).catch((error: unknown) => faults.push(error instanceof Error ? error.message : String(error)))
    const figures = Object.fromEntries([...restarts].map(([kind, times]) => [`restartMs ${kind}`, Math.round(Math.max(...times))]))
    return [{ what: `${kills} 次强行结束`, faults, figures: { kills, ...figures } } satisfies Outcome]
  },
}

/** However few are killed: each kind first. */
const oneOfEach = ({ services }: Trial) => services.map(({ name }) => name).filter((name) => !/-[2-9]$/.test(name))

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list.map((value) => ({ value, rank: random() })).sort((one, other) => one.rank - other.rank).map(({ value }) => value)
}
