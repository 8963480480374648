import { existsSync } from 'node:fs'
import type { DataFolders } from './folders.ts'
import { tryLock } from './lock-file.ts'
import { Refusal } from './refusal.ts'

/**
 * Takes the data folder for this process; answers the function that gives it back.
 * Throws `Refusal` while another process holds it (two PostgreSQL servers on one folder destroy it), and where a restore
 * was cut off: only another restore may go on there.
 */
export function lockDataFolder(folders: DataFolders, { isForRestore = false } = {}): () => void {
  if (!isForRestore && existsSync(folders.restoring)) {
    throw new Refusal(
      `数据目录 ${folders.root} 的恢复没有做完，里面的内容不完整，不能使用。请重新运行 npm run restore -- 备份文件。`)
  }
  const attempt = tryLock(folders.lock)
  if ('release' in attempt) return attempt.release
  throw new Refusal(
    `数据目录 ${folders.root} 正由另一个进程使用（进程号 ${attempt.holder.pid}）。`
    + '请先在那个窗口按 Ctrl-C 停止它，或用 DATA_DIR 指定另一个目录。',
  )
}
