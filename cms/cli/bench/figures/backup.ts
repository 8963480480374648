import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataFolders } from '../../folders.ts'
import { runScript } from '../../run-script.ts'
import type { Figure, Measurement } from '../measurement.ts'
import type { Bench } from '../open-bench.ts'
import { round } from '../percentile.ts'
import { ownEnvironment } from '../run-cluster.ts'

/** The bench's back-up is thrown away at once: it protects nothing. */
const PASSPHRASE = 'bench-of-back-up-and-restore'

/** The commands as an operator runs them: back-up of the running cluster, restore into a new folder with its own database. */
export const backup: Figure = {
  name: 'backup',
  label: '备份和恢复',
  measure: async (bench) => {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-bench-backup-'))
    // The database runs as a user of its own where root runs the command.
    chmodSync(folder, 0o755)
    const file = join(folder, 'bench.backup')
    try {
      const backUp = await timed(bench, { args: ['backup', file], env: bench.cluster().env })
      const megabytes = round(statSync(file).size / 1_000_000)
      const target = dataFolders(join(folder, 'data'))
      const restore = await timed(bench, { args: ['restore', file], env: await ownEnvironment(target) })
      return [
        row('备份运行中的集群（快照、压缩、加密）', 60, backUp, `${megabytes} MB`),
        row('恢复到空目录（先核对全文，含建库和逐表核对）', 120, restore, `${megabytes} MB`),
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const row = (label: string, atMost: number, seconds: number, note: string): Measurement =>
  ({ figure: 'backup', label, unit: 's', bound: { atMost }, measured: round(seconds), note })

async function timed(
  { folders, tell }: Bench, { args, env }: { args: string[], env: Record<string, string | undefined> },
): Promise<number> {
  tell(`… ${args[0]}`)
  const start = performance.now()
  const run = await runScript({
    script: 'cms/cli/main.ts', args, name: `bench-${args[0]}`, logFolder: folders.logs,
    env: { ...env, NODE_ENV: 'production', BACKUP_PASSPHRASE: PASSPHRASE },
  })
  if (run.code !== 0) throw new Error(`${args[0]} did not succeed: ${run.output}`)
  return (performance.now() - start) / 1000
}
