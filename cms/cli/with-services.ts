import { enterEnvironment } from '../env.ts'
import { clusterEnvironment } from './cluster-environment.ts'
import { readMode } from './cluster-mode.ts'
import { makeDataFolders } from './folders.ts'
import { lockDataFolder } from './lock-data-folder.ts'
import { holderOf } from './lock-file.ts'
import { openDatabase, openSearch } from './open-engines.ts'
import { migrateDatabase } from './prepare-database.ts'
import { step } from './progress.ts'
import { Refusal } from './refusal.ts'
import { endScripts } from './run-script.ts'
import { openSecrets } from './secrets.ts'
import { openHouse } from './services/house.ts'
import { usualPorts } from './services/ports.ts'
import { endLeftovers, readRunning } from './services/running.ts'
import { readSettings } from './settings.ts'
import { onStopRequest } from './until-stopped.ts'

export type ServicesAtHand = {
  /** The cluster's environment; this process has entered it, so `env()` and the CMS's configuration may be loaded. */
  env: Record<string, string>
  /** True when the whole cluster is up beside this command (worker included), not only what was started for it. */
  isClusterUp: boolean
}

/**
 * Does `work` with the database (and the search engine) at hand: those of the running cluster of this data folder,
 * or, where none runs, started for the time of the work. Migrations are up to date either way.
 * A Ctrl-C ends the process, after stopping in order what was started here. Throws `Refusal`.
 */
export async function withServices<T>(
  { search }: { database: true, search: boolean },
  work: (services: ServicesAtHand) => Promise<T>,
): Promise<T> {
  const settings = readSettings()
  const { folders } = settings
  makeDataFolders(folders)
  if (holderOf(folders.lock)) {
    const env = readRunning(folders)?.env
    if (!env) throw new Refusal(`数据目录 ${folders.root} 的集群正在启动或停止，请等它完成后再试。`)
    enterEnvironment(env)
    return work({ env, isClusterUp: true })
  }
  const unlock = lockDataFolder(folders)
  const house = openHouse({ folders, isEchoed: false })
  const close = async () => {
    endScripts('SIGTERM')
    await house.stop()
    unlock()
  }
  onStopRequest({
    stop: () => { void close().then(() => process.exit(130)) },
    kill: () => {
      house.kill()
      unlock()
      process.exit(130)
    },
  })
  try {
    await endLeftovers(folders)
    const secrets = openSecrets(folders)
    const [database, engine] = await step('启动数据库', () => Promise.all([
      openDatabase({ settings, secrets, house }),
      search ? openSearch({ settings, secrets, house }) : null,
    ]))
    const env = clusterEnvironment({
      settings, secrets, database: database.addresses, search: engine, ports: usualPorts(settings),
      mode: readMode(folders) ?? 'demo',
    })
    await step('核对并更新数据库结构', () => migrateDatabase({ env, logFolder: folders.logs }))
    enterEnvironment(env)
    return await work({ env, isClusterUp: false })
  } finally {
    await close()
  }
}
