import { buildStale } from '../build-stale.ts'
import { clusterEnvironment } from '../cluster-environment.ts'
import { keepMode, readMode } from '../cluster-mode.ts'
import { describeCluster } from '../describe-cluster.ts'
import { makeDataFolders } from '../folders.ts'
import { lockDataFolder } from '../lock-data-folder.ts'
import { openDatabase, openSearch } from '../open-engines.ts'
import { migrateDatabase, remakeDatabase, seedWhenEmpty } from '../prepare-database.ts'
import { elapsedSince, say, step } from '../progress.ts'
import { endScripts } from '../run-script.ts'
import { openSecrets } from '../secrets.ts'
import { openHouse, type House } from '../services/house.ts'
import { orderNodeServices } from '../services/node-services.ts'
import { settlePorts } from '../services/ports.ts'
import { endLeftovers } from '../services/running.ts'
import { readSettings, type Settings } from '../settings.ts'
import { onStopRequest } from '../until-stopped.ts'

/** `npm start [-- --verbose]`: the whole cluster, until it is told to stop. Answers the exit code. */
export async function run(argv: string[]): Promise<number> {
  const settings = readSettings()
  makeDataFolders(settings.folders)
  const unlock = lockDataFolder(settings.folders)
  const house = openHouse({ folders: settings.folders, isEchoed: argv.includes('--verbose') })
  const stopping = onStopRequest({
    stop: () => endScripts('SIGTERM'),
    kill: () => {
      endScripts('SIGKILL')
      house.kill()
      unlock()
      process.exit(130)
    },
  })
  try {
    await Promise.race([bringUp({ settings, house, isStopping: stopping.isRequested }), stopping.requested])
    await stopping.requested
    return 0
  } catch (error) {
    if (stopping.isRequested()) return 0
    throw error
  } finally {
    endScripts('SIGTERM')
    await house.stop()
    unlock()
    if (stopping.isRequested()) say('已全部停止，数据都在。')
  }
}

async function bringUp(
  { settings, house, isStopping }: { settings: Settings, house: House, isStopping: () => boolean },
): Promise<void> {
  const start = performance.now()
  const { folders } = settings
  const leftovers = await endLeftovers(folders)
  if (leftovers > 0) say(`上一次没有正常停止，已结束它留下的 ${leftovers} 个进程。`)
  const ports = await settlePorts(settings)
  const secrets = openSecrets(folders)
  await buildStale(folders)
  const mode = readMode(folders) ?? 'demo'
  const [database, search] = await step('启动数据库和搜索引擎', () => Promise.all([
    openDatabase({ settings, secrets, house }), openSearch({ settings, secrets, house }),
  ]))
  const env = clusterEnvironment({ settings, secrets, database: database.addresses, search, ports, mode })
  const migrate = () => migrateDatabase({ env, logFolder: folders.logs })
  await step('核对并更新数据库结构', migrate)
  if (mode === 'demo') {
    keepMode(folders, mode)
    const { adminUrl } = database
    const reset = adminUrl === null ? null : async () => {
      await remakeDatabase({ adminUrl, folders })
      makeDataFolders(folders)
      await migrate()
    }
    await seedWhenEmpty({ folders, database, env, reset })
  }
  if (isStopping()) return
  await step('启动管理后台、后台任务、发布服务和门户', () => house.start(orderNodeServices({ env, ports })))
  house.announce(env)
  say(describeCluster({ folders, env, isDemo: mode === 'demo' }))
  say(`\n已就绪，用时 ${elapsedSince(start)}。按 Ctrl-C 停止。`)
}
