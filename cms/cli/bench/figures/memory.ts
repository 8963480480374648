import { readRunning } from '../../services/running.ts'
import { groupBy } from '../group-by.ts'
import type { Figure, Measurement } from '../measurement.ts'
import { round } from '../percentile.ts'
import { measureTree, type ProcessMemory, withDescendants } from '../process-memory.ts'

const IDLE_MS = 30_000
const MEGABYTE = 1024 * 1024
const LABEL = '全部进程空闲内存（PSS）'
const NAMES: Record<string, string> = {
  postgres: '数据库',
  meilisearch: '搜索引擎',
  delivery: '发布服务',
  worker: '后台任务',
  cms: '管理后台',
  portal: '门户',
  start: '启动程序',
}

/** What all processes of the cluster hold after half a minute without a request, after whatever was measured before. */
export const memory: Figure = {
  name: 'memory',
  label: '内存',
  measure: async ({ cluster, folders, tell }) => {
    if (process.platform !== 'linux') return [skipped('只有 Linux 能给出按比例计算的内存')]
    tell(`… 等待 ${IDLE_MS / 1000} 秒后测量内存`)
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    let processes: ProcessMemory[]
    try {
      processes = measureTree(cluster().pid)
    } catch (error) {
      return [skipped(`系统不允许查看进程的内存（${error instanceof Error ? error.message : String(error)}）`)]
    }
    const services = Object.entries(readRunning(folders)?.services ?? {})
    const owners = new Map(
      services.flatMap(([name, { pid }]) => ownedBy(pid, processes).map((owned) => [owned, name] as const)),
    )
    const groups = groupBy(processes, ({ pid }) => owners.get(pid) ?? 'start')
    const parts = [...groups]
      .map(([name, each]) => ({ name, processes: each.length, megabytes: sumOf(each) }))
      .sort((one, other) => other.megabytes - one.megabytes)
    return [
      {
        figure: 'memory',
        label: LABEL,
        unit: 'MB',
        bound: { atMost: 1536 },
        measured: sumOf(processes),
        note: parts.map(({ name, megabytes }) => `${NAMES[name] ?? name} ${Math.round(megabytes)}`).join('，'),
        details: { parts },
      },
    ]
  },
}

function ownedBy(pid: number, processes: readonly ProcessMemory[]): number[] {
  return withDescendants(pid, new Map(processes.map((each) => [each.pid, each.parent])))
}

const sumOf = (processes: readonly ProcessMemory[]) =>
  round(processes.reduce((sum, { bytes }) => sum + bytes, 0) / MEGABYTE)
const skipped = (note: string): Measurement => ({
  figure: 'memory',
  label: LABEL,
  unit: 'MB',
  bound: { atMost: 1536 },
  measured: null,
  note,
})
