import { execFileSync } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type SmallDisk = {
  folder: string
  /** Leaves not a byte free. */
  fill: () => void
  /** Makes room again. */
  clean: () => void
  close: () => void
}

/** True where a small file system of one's own can be mounted: Linux, and as root. */
export const canMountDisks = process.platform === 'linux' && process.getuid?.() === 0

/** Mounts a file system in memory that is as small as that: the only way to fill a disk without filling everybody's. */
export function mountSmallDisk({ folder, megabytes }: { folder: string; megabytes: number }): SmallDisk {
  unmountLeftover(folder)
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder])
  chmodSync(folder, 0o755)
  const filler = join(folder, '.filler')
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'w')
      // Ever smaller pieces: the last free page is taken as well.
      for (const size of [1024 * 1024, 4096]) {
        const piece = Buffer.alloc(size)
        while (canWrite(file, piece)) { /* until the disk says no */ }
      }
      closeSync(file)
    },
    clean: () => rmSync(filler, { force: true }),
    close: () => unmountLeftover(folder),
  }
}

/** Takes off what a run that was killed outright has left mounted. */
export function unmountLeftover(folder: string): void {
  if (process.platform !== 'linux') return
  if (readFileSync('/proc/mounts', 'utf8').split('\n').some((line) => line.split(' ')[1] === folder)) {
    execFileSync('umount', ['-l', folder])
  }
}

function canWrite(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) > 0
  } catch {
    return false
  }
}
