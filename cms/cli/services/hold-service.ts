import type { ChildProcess } from 'node:child_process'
import { processTree } from '../bench/process-memory.ts'
import { identify, signalQuietly } from '../process-identity.ts'
import { openLog } from './log-file.ts'
import { launchChild, type Service, type ServiceOrder } from './supervise.ts'

/** A service that a test starts, kills and freezes as it likes. */
export type HeldService = Service & {
  /** Starts it and waits until it serves; answers how long that took, in milliseconds. Throws with its last words. */
  start: () => Promise<number>
  /** Ends it as a crash would, and waits until it is gone. */
  crash: () => Promise<void>
  /** Stops it where it stands, with all of its own processes; it holds its connections and answers nothing. */
  freeze: () => void
  thaw: () => void
  /** How often it ended although nobody had asked it to. */
  deaths: () => number
  /** Changes what it is given at its next start. */
  setEnvironment: (values: Record<string, string>) => void
  logPath: string
}

const LOOK_MS = 20
/** A process that cannot begin (its database is away, its port is not yet free) is given another try this much later. */
const AGAIN_MS = 300

/** Takes a service in hand; it is not started yet. One that dies by itself is started again, as the start script would. */
export function holdService({ order, logFolder }: { order: ServiceOrder; logFolder: string }): HeldService {
  const log = openLog({ folder: logFolder, name: order.name, isEchoed: false })
  const env = { ...order.env }
  let child: ChildProcess | null = null
  let isWanted = false
  let deaths = 0
  let frozen: number[] = []
  let again: NodeJS.Timeout | undefined

  function launch(): void {
    const fresh = launchChild({ ...order, env }, log)
    child = fresh
    fresh.once('exit', () => {
      if (child !== fresh) return
      child = null
      if (!isWanted) return
      deaths += 1
      again = setTimeout(launch, AGAIN_MS)
    })
  }

  async function start(): Promise<number> {
    const startedAt = performance.now()
    isWanted = true
    if (!child) launch()
    while (performance.now() - startedAt < order.readyWithinMs) {
      if (child && await order.isReady()) return performance.now() - startedAt
      if (!isWanted) throw new Error(`${order.name} was ended while it started`)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    throw new Error(`${order.name} did not come up within ${order.readyWithinMs} ms:\n${log.tail(40)}`)
  }

  /** Sends the signal and resolves when the process is gone. */
  function end(signal: NodeJS.Signals): Promise<void> {
    isWanted = false
    clearTimeout(again)
    thaw()
    const ending = child
    if (!ending || ending.pid === undefined) return Promise.resolve()
    const { pid } = ending
    return new Promise((resolve) => {
      const force = setTimeout(() => signalQuietly(-pid, 'SIGKILL'), 10_000)
      ending.once('exit', () => {
        clearTimeout(force)
        resolve()
      })
      signalQuietly(pid, signal)
    })
  }

  function thaw(): void {
    for (const pid of frozen) signalQuietly(pid, 'SIGCONT')
    frozen = []
  }

  return {
    name: order.name,
    logPath: log.path,
    identity: () => (child?.pid === undefined ? null : identify(child.pid)),
    start,
    crash: () => end('SIGKILL'),
    stop: () => end(order.stopSignal),
    kill: () => {
      isWanted = false
      clearTimeout(again)
      thaw()
      if (child?.pid !== undefined) signalQuietly(-child.pid, 'SIGKILL')
    },
    freeze: () => {
      if (child?.pid === undefined) return
      frozen = processTree(child.pid)
      for (const pid of frozen) signalQuietly(pid, 'SIGSTOP')
    },
    thaw,
    deaths: () => deaths,
    setEnvironment: (values) => { Object.assign(env, values) },
  }
}

/**
 * Calls `end` when this process ends in whatever way it can notice: by itself, by a signal, or because whoever started it is gone. Answers
 * the function that takes this back. For tests; a command has its own way of stopping in order.
 */
export function atAnyEnd(end: () => void): () => void {
  const leave = () => process.exit(143)
  process.once('exit', end)
  process.once('SIGTERM', leave)
  process.once('disconnect', leave)
  return () => {
    process.off('exit', end)
    process.off('SIGTERM', leave)
    process.off('disconnect', leave)
  }
}
