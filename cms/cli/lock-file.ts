import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { identify, identitySchema, isStillRunning, type ProcessIdentity } from './process-identity.ts'
import { readJson } from './read-json.ts'
import { Refusal } from './refusal.ts'

/** Either the lock is ours, with the function that gives it back, or a living process holds it. */
export type LockAttempt = { release: () => void } | { holder: ProcessIdentity }

/** Tries once to take a lock; one left behind by a process that is gone counts for nothing. */
export function tryLock(path: string): LockAttempt {
  const own = identify(process.pid)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeSync(file, JSON.stringify(own))
      closeSync(file)
      return { release: () => rmSync(path, { force: true }) }
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!isTaken) throw error
    }
    const holder = holderOf(path)
    if (holder) return { holder }
    rmSync(path, { force: true })
  }
  throw new Refusal(`锁文件 ${path} 反复被占用，请稍后重试。`)
}

/** The living process that holds a lock; null when nobody does. */
export function holderOf(path: string): ProcessIdentity | null {
  let holder: ProcessIdentity | null
  try {
    holder = readJson(path, identitySchema)
  } catch {
    // Half a lock is left by a crash of the machine in the moment of writing: nobody holds it.
    return null
  }
  return holder && isStillRunning(holder) ? holder : null
}
