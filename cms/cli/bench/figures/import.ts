import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProcessEnvironment } from '../../../env.ts'
import { migrateDatabase } from '../../prepare-database.ts'
import { runScript } from '../../run-script.ts'
import { openSecrets } from '../../secrets.ts'
import { dropDatabase, makeDatabase } from '../../services/make-database.ts'
import type { Figure, Measurement } from '../measurement.ts'
import { round } from '../percentile.ts'
import type { Bench } from '../open-bench.ts'

const DATABASE = 'bench_import'
const timedSchema = z.object({
  milliseconds: z.number(),
  imported: z.number(),
  refused: z.number(),
  lines: z.number(),
})

const row = (measured: number | null, note: string): Measurement => ({
  figure: 'import',
  label: '导入（读文件到批次进入待办）',
  unit: 'documents/s',
  bound: { atLeast: 300 },
  measured,
  note,
})

/** The real documents into an empty database on the same server, up to the batch in the inbox; no index is built. */
export const importDocuments: Figure = {
  name: 'import',
  label: '导入',
  measure: async (bench) => {
    if (bench.policiesFile === null)
      return [row(null, '没有真实文件，跳过；用 --policies 指出 JSONL 或 JSONL.gz 文件')]
    const adminUrl = adminUrlOf(bench)
    const dataDir = mkdtempSync(join(tmpdir(), 'cluster-bench-import-'))
    await dropDatabase({ adminUrl, name: DATABASE })
    await makeDatabase({ adminUrl, name: DATABASE })
    try {
      const timed = await importInto(scratchEnvironment(bench, dataDir), bench)
      const rate = timed.imported / (timed.milliseconds / 1000)
      return [
        {
          ...row(
            Math.round(rate),
            `${timed.imported} 份，${round(timed.milliseconds / 1000)} 秒，拒绝 ${timed.refused} 行`,
          ),
          details: timed,
        },
      ]
    } finally {
      await dropDatabase({ adminUrl, name: DATABASE })
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
}

async function importInto(
  env: ProcessEnvironment,
  { folders, policiesFile, tell }: Bench,
): Promise<z.output<typeof timedSchema>> {
  tell('… 为导入建立空库')
  await migrateDatabase({ env, logFolder: folders.logs })
  // Sites and people without any text: nothing that the import would have to find its way around.
  const opened = await runScript({
    script: 'cms/seed/seed.ts',
    args: ['--only', 'none'],
    name: 'bench-sites',
    env,
    logFolder: folders.logs,
  })
  if (opened.code !== 0) throw new Error(`the sites were not opened: ${opened.output}`)
  tell('… 导入')
  const run = await runScript({
    script: 'cms/cli/bench/import-once.ts',
    args: [policiesFile ?? ''],
    name: 'bench-import-once',
    env,
    logFolder: folders.logs,
    isSecret: true,
  })
  if (run.code !== 0) throw new Error(`the file was not imported: ${run.output}`)
  return timedSchema.parse(JSON.parse(run.spoken.trim().split('\n').at(-1) ?? ''))
}

/** The cluster's own environment, on the other database and with nothing else of the cluster in reach. */
function scratchEnvironment({ cluster }: Bench, dataDir: string): ProcessEnvironment {
  const { env } = cluster()
  const moved = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DELIVERY_DATABASE_URL'].map(
    (name) => [name, onDatabase(env[name] ?? '')] as const,
  )
  return {
    ...env,
    ...Object.fromEntries(moved),
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    MEDIA_DIR: join(dataDir, 'media'),
    PAGE_STORE_DIR: join(dataDir, 'pages'),
    MEILISEARCH_URL: '',
    MEILISEARCH_API_KEY: '',
    MEILISEARCH_SEARCH_KEY: '',
  }
}

function onDatabase(address: string): string {
  const url = new URL(address)
  url.pathname = `/${DATABASE}`
  return url.href
}

function adminUrlOf({ cluster, folders }: Bench): string {
  const url = new URL(cluster().env.DATABASE_URL ?? '')
  url.username = 'postgres'
  url.password = openSecrets(folders).postgresPassword
  url.pathname = '/postgres'
  return url.href
}
