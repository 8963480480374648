import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { clusterEnvironment } from '../cli/cluster-environment.ts'
import { dataFolders, makeDataFolders, ROOT } from '../cli/folders.ts'
import { tryLock } from '../cli/lock-file.ts'
import { migrateDatabase } from '../cli/prepare-database.ts'
import { step } from '../cli/progress.ts'
import { Refusal } from '../cli/refusal.ts'
import { openSecrets, type Secrets } from '../cli/secrets.ts'
import { embeddedAddresses } from '../cli/services/database-addresses.ts'
import { openHouse } from '../cli/services/house.ts'
import { dropDatabase, makeDatabase, makeRoles, withClient } from '../cli/services/make-database.ts'
import { orderPostgres, type EmbeddedPostgres } from '../cli/services/postgres.ts'
import { endLeftovers } from '../cli/services/running.ts'
import { readSettings, type Settings } from '../cli/settings.ts'

/** What every test file may build on: one PostgreSQL with a migrated template. */
export type TestServices = { adminUrl: string, port: number, template: string, secrets: Secrets }

declare module 'vitest' {
  export interface ProvidedContext {
    services: TestServices
  }
}

/** Tests may lose everything in a crash of the machine, and are about twice as fast for it. */
const WITHOUT_DURABILITY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
/** Databases of test files carry this prefix, so that those of a killed run can be swept away. */
export const TEST_DATABASE_PREFIX = 'test_'

/**
 * Runs once before all test files: starts PostgreSQL in a folder of its own and keeps a migrated template in it.
 * Answers the function that stops it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const place = takeFolder()
  const settings = testSettings(place.folder)
  const { folders } = settings
  makeDataFolders(folders)
  await endLeftovers(folders)
  const secrets = openSecrets(folders)
  const house = openHouse({ folders, isEchoed: false })
  const endAtOnce = () => house.kill()
  const endOnSignal = () => process.exit(143)
  process.once('exit', endAtOnce)
  // The test runner ends on this one without its teardown, and without the event above.
  process.once('SIGTERM', endOnSignal)
  const stop = async () => {
    process.off('exit', endAtOnce)
    process.off('SIGTERM', endOnSignal)
    await house.stop()
    place.release()
  }
  try {
    const postgres = await orderPostgres({ settings, secrets, extra: WITHOUT_DURABILITY })
    await house.start([postgres.order])
    await makeRoles({ adminUrl: postgres.adminUrl, secrets })
    const template = await makeTemplate({ postgres, settings, secrets })
    project.provide('services', { adminUrl: postgres.adminUrl, port: postgres.port, template, secrets })
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Runs at the same time in one checkout; more would only wait for the machine. */
const MOST_RUNS = 16

/** The folder is kept from run to run, template and all; a second run at the same time takes the next one. */
function takeFolder(): { folder: string, release: () => void } {
  for (let number = 1; number <= MOST_RUNS; number += 1) {
    const folder = join(ROOT, '.data', number === 1 ? 'test' : `test-${number}`)
    makeDataFolders(dataFolders(folder))
    const attempt = tryLock(dataFolders(folder).lock)
    if ('release' in attempt) return { folder, release: attempt.release }
  }
  throw new Refusal(`已有 ${MOST_RUNS} 轮测试同时在运行，请等它们结束。`)
}

/** Settings that depend on nothing that the operator has set, for a cluster in `folder`. */
export function testSettings(folder: string): Settings {
  return readSettings({ DATA_DIR: folder })
}

/** The template is named by what made it: an unchanged one serves the next run, others go. */
async function makeTemplate(
  { postgres, settings, secrets }: { postgres: EmbeddedPostgres, settings: Settings, secrets: Secrets },
): Promise<string> {
  const { adminUrl, port } = postgres
  const template = `template_${hashStructure().slice(0, 16)}`
  const names = await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    return rows.map((row) => row.datname)
  })
  const stale = names.filter((name) =>
    name.startsWith(TEST_DATABASE_PREFIX) || (/^(template_|draft_)[0-9a-f]{16}$/.test(name) && name !== template))
  for (const name of stale) await dropDatabase({ adminUrl, name })
  if (names.includes(template)) return template

  const draft = template.replace('template_', 'draft_')
  await makeDatabase({ adminUrl, name: draft })
  const database = embeddedAddresses({ port, secrets, database: draft })
  const ports = { portal: 1, cms: 1, delivery: 1, worker: 1, operator: 1, cmsOperator: 1, deliveryOperator: 1 }
  const env = clusterEnvironment({ settings, secrets, database, search: null, ports, mode: 'production' })
  await step('为测试建立数据库结构', () => migrateDatabase({ env, logFolder: settings.folders.logs }))
  // Renamed when complete: a run killed half-way leaves no half template.
  await withClient(adminUrl, (client) => client.query(`alter database ${draft} rename to ${template}`))
  return template
}

function hashStructure(): string {
  const hash = createHash('sha256')
  const patterns = ['cms/migrations/**/*.{ts,json}', 'cms/database/**/*.ts', 'cms/cli/{append-only,grant-roles,migrate}.ts',
    'cms/cli/services/make-database.ts', 'package-lock.json']
  for (const file of globSync(patterns, { cwd: ROOT }).toSorted()) {
    hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}
