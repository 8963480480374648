import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { givenEnvironment } from '../../env.ts'
import { dataFolders, makeDataFolders, type DataFolders } from '../folders.ts'
import { holderOf } from '../lock-file.ts'
import { readJson, writeJson } from '../read-json.ts'
import { Refusal } from '../refusal.ts'
import { runScript } from '../run-script.ts'
import { readSettings } from '../settings.ts'
import type { BenchOptions } from './options.ts'
import { runCluster, type BenchCluster } from './run-cluster.ts'
import { waitUntilIndexed } from './wait-until-indexed.ts'

const stateSchema = z.object({
  /** Digest of the file of real documents that is loaded; null while none is. */
  policies: z.string().nullable(),
  seedMs: z.number().nullable(),
  /** True once loading them has begun: a run that goes on from there cannot tell how long it takes. */
  isLoadBegun: z.boolean().default(false),
  loadMs: z.number().nullable(),
})
export type BenchState = z.output<typeof stateSchema>

export type Bench = {
  folders: DataFolders
  policiesFile: string | null
  /** What filling the folder took, in this run or the one that did it. */
  state: BenchState
  /** The cluster that runs now; another one after `restart`. */
  cluster: () => BenchCluster
  restart: () => Promise<BenchCluster>
  /** Progress, for people. */
  tell: (sentence: string) => void
  close: () => Promise<void>
}

/**
 * A cluster for measuring, in `DATA_DIR/bench`: demo content and, where the file is there, the real documents, all in
 * both indexes.
 * The folder is kept, so that the next run need not load everything again. Throws `Refusal`.
 */
export async function openBench({
  options,
  tell,
}: {
  options: BenchOptions
  tell: (sentence: string) => void
}): Promise<Bench> {
  const folders = dataFolders(join(readSettings({ DATA_DIR: givenEnvironment().DATA_DIR }).folders.root, 'bench'))
  const stateFile = join(folders.root, 'bench.json')
  const holder = holderOf(folders.lock)
  if (holder) throw new Refusal(`另一次测量正在使用 ${folders.root}（进程号 ${holder.pid}），请等它结束。`)
  const wanted = options.policiesFile === null ? null : digestOf(options.policiesFile)
  const kept = readJson(stateFile, stateSchema)
  // Documents of another file cannot be taken out again.
  const isOther = wanted !== null && kept !== null && kept.policies !== null && kept.policies !== wanted
  if (options.isFresh || kept === null || isOther) emptyFolder(folders, stateFile)
  makeDataFolders(folders)
  let state: BenchState = readJson(stateFile, stateSchema) ?? {
    policies: null,
    seedMs: null,
    isLoadBegun: false,
    loadMs: null,
  }
  writeJson(stateFile, state)

  const hear = (line: string) => {
    if (/^[…✓✗⚠]|^ {2}演示内容/.test(line)) tell(line)
  }
  let cluster = await runCluster({ folders, hear })
  try {
    if (cluster.seedMs !== null) writeJson(stateFile, (state = { ...state, seedMs: cluster.seedMs }))
    if (options.policiesFile !== null && state.policies !== wanted) {
      tell(`… 导入 ${options.policiesFile} 并发布`)
      const isWhole = !state.isLoadBegun
      writeJson(stateFile, (state = { ...state, isLoadBegun: true }))
      const start = performance.now()
      await loadPolicies({ file: options.policiesFile, cluster, folders })
      await waitUntilIndexed(cluster.env)
      state = { ...state, policies: wanted, loadMs: isWhole ? performance.now() - start : null }
    }
    await waitUntilIndexed(cluster.env)
    writeJson(stateFile, state)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return {
    folders,
    policiesFile: options.policiesFile,
    state,
    tell,
    cluster: () => cluster,
    restart: async () => {
      await cluster.stop()
      cluster = await runCluster({ folders, hear: () => {} })
      await waitUntilIndexed(cluster.env)
      return cluster
    },
    close: () => cluster.stop(),
  }
}

/** The documents come in by the ordinary command, signed at once by the demo's reviewers. */
async function loadPolicies({
  file,
  cluster,
  folders,
}: {
  file: string
  cluster: BenchCluster
  folders: DataFolders
}): Promise<void> {
  const run = await runScript({
    script: 'cms/cli/main.ts',
    args: ['import', file, '--site', 'jiangsu', '--column', 'policies', '--release'],
    name: 'bench-import',
    env: { ...cluster.env, NODE_ENV: 'production' },
    logFolder: folders.logs,
  })
  if (run.code !== 0) throw new Refusal(`文件 ${file} 没有导入成功。日志在 ${run.logPath}，最后几行：\n${run.output}`)
}

/** Only a folder that a bench has made is emptied. */
function emptyFolder(folders: DataFolders, stateFile: string): void {
  if (existsSync(folders.postgres) && !existsSync(stateFile)) {
    throw new Refusal(`${folders.root} 里有数据库，但不是测量留下的，不会清空它。请用 DATA_DIR 指定另一个目录。`)
  }
  // Where the database's user cannot enter the folder, the database lies elsewhere.
  const pointer = `${folders.postgres}.location`
  if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
  rmSync(folders.root, { recursive: true, force: true })
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
