import { spawn, type ChildProcess } from 'node:child_process'
import { say } from '../progress.ts'
import { identify, signalQuietly, type ProcessIdentity } from '../process-identity.ts'
import { Refusal } from '../refusal.ts'
import { openLog, type LogFile } from './log-file.ts'

export type ServiceOrder = {
  /** Short name: of the log file, and in `running.json`. */
  name: string
  /** What people call it: 管理后台. */
  label: string
  program: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd: string
  uid?: number
  gid?: number
  /** True once it serves. Asked until it is true, or `readyWithinMs` is over. */
  isReady: () => Promise<boolean>
  readyWithinMs: number
  /** The signal that lets it end in order. */
  stopSignal: NodeJS.Signals
  /** A sentence for a failed start, from what the service wrote; null where the general one will do. */
  explain?: (output: string) => string | null
}

export type Service = {
  name: string
  identity: () => ProcessIdentity | null
  /** Ends it in order and, after ten seconds, by force. Resolves when it is gone. */
  stop: () => Promise<void>
  /** Ends it at once. */
  kill: () => void
}

const STOP_PATIENCE_MS = 10_000
/** Waits between restarts double from the first to the last; a service that held out this long starts afresh. */
const BACK_OFF_MS = { first: 500, last: 30_000, forgivenAfter: 60_000 }

/**
 * Starts a service, and starts it again whenever it dies after it has once served.
 * `ready` rejects with a `Refusal` when it does not come up the first time. `onChange` hears of every new process.
 */
export function supervise(
  { order, logFolder, isEchoed, onChange }:
  { order: ServiceOrder, logFolder: string, isEchoed: boolean, onChange: () => void },
): { service: Service, ready: Promise<void> } {
  const log = openLog({ folder: logFolder, name: order.name, isEchoed })
  let child: ChildProcess
  let isStopping = false
  let hasServed = false
  let backOff = BACK_OFF_MS.first
  let restart: NodeJS.Timeout | undefined

  const launch = () => {
    const startedAt = performance.now()
    child = launchChild(order, log)
    child.on('exit', (code, signal) => {
      if (isStopping || !hasServed) return
      if (performance.now() - startedAt > BACK_OFF_MS.forgivenAfter) backOff = BACK_OFF_MS.first
      say(`⚠ ${order.label}意外退出（${signal ?? `退出码 ${code}`}），${backOff / 1000} 秒后重新启动；详情见 ${log.path}`)
      restart = setTimeout(() => {
        launch()
        onChange()
      }, backOff)
      backOff = Math.min(backOff * 2, BACK_OFF_MS.last)
    })
    return child
  }
  const leave = () => {
    isStopping = true
    clearTimeout(restart)
  }
  const ready = waitUntilReady({ order, log, child: launch() }).then(() => {
    hasServed = true
  })
  const service: Service = {
    name: order.name,
    identity: () => child.pid !== undefined && child.exitCode === null ? identify(child.pid) : null,
    stop: () => {
      leave()
      return endChild(child, order.stopSignal)
    },
    kill: () => {
      leave()
      signalGroup(child, 'SIGKILL')
    },
  }
  return { service, ready }
}

/** Starts a service's process in a group of its own and writes what it says into `log`. */
export function launchChild(order: ServiceOrder, log: LogFile): ChildProcess {
  const child = spawn(order.program, order.args, {
    cwd: order.cwd,
    env: order.env,
    uid: order.uid,
    gid: order.gid,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: a Ctrl-C on the terminal reaches the start script alone, which stops all in order.
    detached: true,
  })
  if (child.stdout) log.follow(child.stdout)
  if (child.stderr) log.follow(child.stderr)
  // Without a listener a program that cannot be run would throw out of nowhere; `exit` does not come then.
  child.on('error', (error) => child.emit('exit', null, error.message))
  return child
}

async function waitUntilReady(
  { order, log, child }: { order: ServiceOrder, log: LogFile, child: ChildProcess },
): Promise<void> {
  let exited: string | null = null
  child.once('exit', (code, signal) => { exited = String(signal ?? code) })
  const deadline = performance.now() + order.readyWithinMs
  while (performance.now() < deadline && exited === null) {
    if (await order.isReady()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  // The last lines of a process that has just died arrive after its exit.
  await new Promise((resolve) => setTimeout(resolve, 100))
  const output = log.tail(40)
  const reason = exited === null ? `在 ${order.readyWithinMs / 1000} 秒内没有就绪` : `启动后退出（${exited}）`
  const explanation = order.explain?.(output)
  if (explanation) throw new Refusal(explanation)
  throw new Refusal(`${order.label}${reason}。日志在 ${log.path}，最后几行：\n${log.tail(12)}`)
}

function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_PATIENCE_MS)
    child.once('exit', () => {
      clearTimeout(force)
      // What the process left behind in its group goes with it.
      signalGroup(child, 'SIGKILL')
      resolve()
    })
    if (child.pid !== undefined) signalQuietly(child.pid, signal)
  })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) signalQuietly(process.platform === 'win32' ? child.pid : -child.pid, signal)
}
