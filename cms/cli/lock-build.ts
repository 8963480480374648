import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './folders.ts'
import { tryLock } from './lock-file.ts'
import { Refusal } from './refusal.ts'

/** Longer than any build takes; then the other process is stuck. */
const PATIENCE_MS = 10 * 60_000

/**
 * Waits until no other start script of this checkout builds into `output`, and keeps it for this one.
 * Answers the function that gives it back; `onWait` is called once when there is something to wait for.
 */
export async function lockBuild(output: string, onWait: () => void): Promise<() => void> {
  const folder = join(ROOT, 'node_modules', '.cache', 'establishment-cluster')
  const name = createHash('sha256').update(output).digest('hex').slice(0, 16)
  mkdirSync(folder, { recursive: true })
  const deadline = performance.now() + PATIENCE_MS
  for (let hasWaited = false; ; hasWaited = true) {
    const attempt = tryLock(join(folder, `build-${name}.lock`))
    if ('release' in attempt) return attempt.release
    if (performance.now() > deadline) {
      throw new Refusal(`等待进程 ${attempt.holder.pid} 完成构建超过十分钟。请结束那个进程后重试。`)
    }
    if (!hasWaited) onWait()
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
