import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { ProcessEnvironment } from '../env.ts'
import type { DataFolders } from './folders.ts'
import type { OpenDatabase } from './open-engines.ts'
import { say, step } from './progress.ts'
import { Refusal } from './refusal.ts'
import { runScript } from './run-script.ts'
import { DATABASE_NAME } from './services/database-addresses.ts'
import { dropDatabase, makeDatabase, withClient } from './services/make-database.ts'

/**
 * Brings the database's structure to this release, or by the migrations named in `only` to that of an earlier one.
 * Throws `Refusal` with the migration's last words.
 */
export async function migrateDatabase(
  { env, logFolder, only }: { env: ProcessEnvironment, logFolder: string, only?: readonly string[] },
): Promise<void> {
  const args = only ? ['--only', only.join(',')] : []
  const run = await runScript({ script: 'cms/cli/migrate.ts', args, name: 'migrate', env, logFolder })
  if (run.code === 0) return
  throw new Refusal(`数据库结构没有更新成功，数据没有改动。日志在 ${run.logPath}，最后几行：\n${lastLines(run.output)}`)
}

/**
 * Fills an empty database with the demo cluster. A marker in the data folder tells of a filling that was cut off:
 * our own database is then made anew, one that the operator gave is refused, for it is not ours to empty.
 */
export async function seedWhenEmpty(
  { folders, database, env, reset }: {
    folders: DataFolders
    database: OpenDatabase
    env: ProcessEnvironment
    /** Makes the database anew and migrates it; null where it is not ours. */
    reset: (() => Promise<void>) | null
  },
): Promise<void> {
  if (existsSync(folders.seeding)) {
    if (!reset) {
      throw new Refusal('上一次写入演示内容中途停止，库里只有一部分。请清空 DATABASE_URL 指定的库，'
        + `删除 ${folders.seeding}，然后重新启动。`)
    }
    say('上一次写入演示内容中途停止，现在从空库重新写入。')
    await reset()
  }
  if (!await isEmpty(database.addresses.appUrl)) return
  writeFileSync(folders.seeding, '')
  await step('写入演示内容（109 个站点，只在第一次启动时）', async () => {
    const run = await runScript({
      script: 'cms/seed/seed.ts', name: 'seed', env, logFolder: folders.logs, isShown: true,
    })
    if (run.code === 0) return
    throw new Refusal(`演示内容没有写完。日志在 ${run.logPath}，最后几行：\n${lastLines(run.output)}`)
  })
  rmSync(folders.seeding, { force: true })
}

/** Removes our own database with all it holds, and makes it again, empty. */
export async function remakeDatabase({ adminUrl, folders }: { adminUrl: string, folders: DataFolders }): Promise<void> {
  await dropDatabase({ adminUrl, name: DATABASE_NAME })
  await makeDatabase({ adminUrl, name: DATABASE_NAME })
  rmSync(folders.media, { recursive: true, force: true })
  rmSync(folders.pages, { recursive: true, force: true })
}

/** A cluster without a single site has never been set up or seeded. */
export function isEmpty(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ found: boolean }>('select exists (select from public.sites) as found')
    return rows[0]?.found !== true
  })
}

function lastLines(output: string): string {
  return output.split('\n').slice(-15).join('\n')
}
