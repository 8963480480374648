import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { holderOf, tryLock } from './lock-file.ts'
import { endProcess, identify, isStillRunning } from './process-identity.ts'

const folder = mkdtempSync(join(tmpdir(), 'cluster-lock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a lock on a data folder', () => {
  it('is refused while its holder lives, and free after it is given back', () => {
    const path = join(folder, 'held')
    const first = tryLock(path)
    expect(first).toHaveProperty('release')
    expect(tryLock(path)).toMatchObject({ holder: { pid: process.pid } })
    if ('release' in first) first.release()
    const second = tryLock(path)
    expect(second).toHaveProperty('release')
    if ('release' in second) second.release()
  })

  it('left behind by a process that is gone counts for nothing', async () => {
    const path = join(folder, 'left')
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const identity = identify(child.pid ?? 0)
    writeFileSync(path, JSON.stringify(identity))
    expect(holderOf(path)).toEqual(identity)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    expect(holderOf(path)).toBeNull()
    expect(tryLock(path)).toHaveProperty('release')
  })

  it('is not taken for held because its number was handed out again', () => {
    const path = join(folder, 'reused')
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'another time' }))
    expect(holderOf(path)).toBeNull()
  })

  it('cut short by a crash is held by nobody', () => {
    const path = join(folder, 'short')
    writeFileSync(path, '{"pid": 1')
    expect(tryLock(path)).toHaveProperty('release')
  })
})

describe('a process left over', () => {
  it('is ended by force when it will not go', async () => {
    const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"], {
      stdio: ['ignore', 'pipe', 'ignore'], detached: true,
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    const identity = identify(child.pid ?? 0)
    if (!identity) throw new Error('the process did not start')
    const gone = new Promise((resolve) => child.once('exit', resolve))
    await endProcess({ identity, signal: 'SIGTERM', patienceMs: 200, isGroup: true })
    await gone
    expect(isStillRunning(identity)).toBe(false)
  })
})
