import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './folders.ts'
import { signalQuietly } from './process-identity.ts'
import { openLog } from './services/log-file.ts'

export type ScriptRun = { code: number | null, output: string, spoken: string, logPath: string }

const underway = new Set<ChildProcess>()

/**
 * Runs a Node program of the checkout to its end and keeps what it says in a log.
 * `isShown` lets its output through to the operator as it comes. `input` is handed to its standard input.
 * `isSecret` keeps its standard output out of the log; it is answered as `spoken`.
 */
export async function runScript(
  { script, args = [], name, cwd = ROOT, env, logFolder, isShown = false, isSecret = false, input }: {
    script: string
    args?: string[]
    name: string
    cwd?: string
    env: NodeJS.ProcessEnv
    logFolder: string
    isShown?: boolean
    isSecret?: boolean
    input?: string
  },
): Promise<ScriptRun> {
  const log = openLog({ folder: logFolder, name, isEchoed: false })
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  underway.add(child)
  let spoken = ''
  if (isSecret) child.stdout.setEncoding('utf8').on('data', (text: string) => { spoken += text })
  else log.follow(child.stdout)
  log.follow(child.stderr)
  if (isShown) child.stdout.pipe(process.stdout, { end: false })
  child.stdin.on('error', () => {})
  child.stdin.end(input ?? '')
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  underway.delete(child)
  return { code, output: log.tail(40), spoken, logPath: log.path }
}

/** Ends the scripts under way; the operator does not want to wait for them. */
export function endScripts(signal: NodeJS.Signals): void {
  for (const child of underway) {
    if (child.pid !== undefined) signalQuietly(process.platform === 'win32' ? child.pid : -child.pid, signal)
  }
}
