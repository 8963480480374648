import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A process that can be recognised later: a number alone is handed out again. */
export const identitySchema = z.object({ pid: z.number().int(), startedAt: z.string() })
export type ProcessIdentity = z.output<typeof identitySchema>

/** Identifies a living process; null when there is none of that number. */
export function identify(pid: number): ProcessIdentity | null {
  if (!isAlive(pid)) return null
  const startedAt = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid)
  return startedAt === null ? null : { pid, startedAt }
}

/** True while exactly that process, not a later one of the same number, is running. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

/**
 * Asks a process that is not our child to end, and makes it end after `patienceMs`.
 * `isGroup`: its whole process group. Resolves when it is gone.
 */
export async function endProcess(
  { identity, signal, patienceMs, isGroup }:
  { identity: ProcessIdentity, signal: NodeJS.Signals, patienceMs: number, isGroup: boolean },
): Promise<void> {
  const target = isGroup ? -identity.pid : identity.pid
  signalQuietly(target, signal)
  const deadline = performance.now() + patienceMs
  while (isStillRunning(identity) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  if (isStillRunning(identity)) signalQuietly(target, 'SIGKILL')
}

/** Sends a signal to a process (negative: a group) that may have ended meanwhile. */
export function signalQuietly(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch {
    // Gone already, which is what the signal was for.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function startTimeFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field, the program's name in brackets, may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTime] = [fields[0], fields[19]]
    return state === 'Z' || startTime === undefined ? null : startTime
  } catch {
    return null
  }
}

function startTimeFromPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}
