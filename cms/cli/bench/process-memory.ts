import { readdirSync, readFileSync } from 'node:fs'

export type ProcessMemory = { pid: number; parent: number; name: string; bytes: number }

/**
 * Proportional set size of a process and everything that descends from it: shared pages count once, divided among
 * those who share them. Linux only. Throws where the kernel does not let us look (another user's process, a hardened
 * machine).
 */
export function measureTree(root: number): ProcessMemory[] {
  const parents = readParents()
  return withDescendants(root, parents).map((pid) => ({
    pid,
    parent: parents.get(pid) ?? 0,
    name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim(),
    bytes: proportionalBytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')),
  }))
}

/** `Pss:  1234 kB` of a `smaps_rollup`, in bytes. */
export function proportionalBytes(rollup: string): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]
  if (kilobytes === undefined) throw new Error('smaps_rollup without a line Pss')
  return Number(kilobytes) * 1024
}

/** A process, its children, and theirs. */
export function withDescendants(root: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].filter(([, parent]) => parent === root).map(([pid]) => pid)
  return [root, ...children.flatMap((child) => withDescendants(child, parents))]
}

/** A process and everything that descends from it, by number; the process alone where the system has no `/proc`. */
export function processTree(root: number): number[] {
  return process.platform === 'linux' ? withDescendants(root, readParents()) : [root]
}

/** Every process of the machine and its parent. */
function readParents(): Map<number, number> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The program's name in brackets may itself hold blanks and brackets; after it come state and parent.
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended since the listing.
    }
  }
  return parents
}
