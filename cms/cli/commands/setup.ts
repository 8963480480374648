import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { givenEnvironment } from '../../env.ts'
import { clusterEnvironment } from '../cluster-environment.ts'
import { keepMode, readMode } from '../cluster-mode.ts'
import { table } from '../describe-cluster.ts'
import { makeDataFolders } from '../folders.ts'
import { lockDataFolder } from '../lock-data-folder.ts'
import { openDatabase } from '../open-engines.ts'
import { isEmpty, migrateDatabase, remakeDatabase } from '../prepare-database.ts'
import { say, step } from '../progress.ts'
import { Refusal } from '../refusal.ts'
import { endScripts, runScript } from '../run-script.ts'
import { openSecrets } from '../secrets.ts'
import { openHouse, type House } from '../services/house.ts'
import { usualPorts } from '../services/ports.ts'
import { endLeftovers } from '../services/running.ts'
import { readSettings, type Settings } from '../settings.ts'
import { collectSetupAnswers, type SetupAnswers } from '../setup-answers.ts'
import { onStopRequest } from '../until-stopped.ts'

const openedSchema = z.array(z.object({ email: z.string(), password: z.string() }))

/**
 * `npm run setup [-- --from FILE]`: prepares an empty production cluster, with sites and first administrators and
 * without any demo, and shows the administrators' first passwords, once. Answers the exit code.
 */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { from: { type: 'string' } } })
  const settings = readSettings()
  const { folders } = settings
  makeDataFolders(folders)
  if (readMode(folders) === 'demo') {
    throw new Refusal(`数据目录 ${folders.root} 里是演示集群，不能改作正式使用。请用 DATA_DIR 指定另一个目录。`)
  }
  const unlock = lockDataFolder(folders)
  const house = openHouse({ folders, isEchoed: false })
  const close = async () => {
    endScripts('SIGTERM')
    await house.stop()
    unlock()
  }
  try {
    const answers = await collectSetupAnswers({ file: values.from, given: givenEnvironment() })
    onStopRequest({
      stop: () => { void close().then(() => process.exit(130)) },
      kill: () => process.exit(130),
    })
    await endLeftovers(folders)
    const opened = await prepare({ settings, house, answers })
    say('\n集群已建好。初始密码只显示这一次，首次登录时必须修改：')
    const rows = opened.map(({ email, password }) => {
      const person = answers.administrators.find((one) => one.email.toLowerCase() === email.toLowerCase())
      return [person?.name ?? '', email, password]
    })
    say(table([['姓名', '邮箱', '初始密码'], ...rows]).join('\n'))
    say('\n现在可以运行 npm start。')
    return 0
  } finally {
    await close()
  }
}

async function prepare(
  { settings, house, answers }: { settings: Settings, house: House, answers: SetupAnswers },
): Promise<Array<{ email: string, password: string }>> {
  const { folders } = settings
  const secrets = openSecrets(folders)
  const database = await step('启动数据库', () => openDatabase({ settings, secrets, house }))
  const env = clusterEnvironment({
    settings, secrets, database: database.addresses, search: null, ports: usualPorts(settings), mode: 'production',
  })
  // The marker tells of a setup that was cut off; our own database can then be made anew.
  if (existsSync(folders.seeding) && database.adminUrl) {
    await remakeDatabase({ adminUrl: database.adminUrl, folders })
    makeDataFolders(folders)
  }
  await step('建立数据库结构', () => migrateDatabase({ env, logFolder: folders.logs }))
  if (!await isEmpty(database.addresses.appUrl)) {
    throw new Refusal('这个数据库里已经有站点，不能再次初始化。请换一个空的数据库或另一个数据目录。')
  }
  keepMode(folders, 'production')
  writeFileSync(folders.seeding, '')
  const run = await step(`建立 ${answers.sites.length} 个站点和三位管理员`, () => runScript({
    script: 'cms/cli/open-cluster.ts', name: 'setup', env, logFolder: folders.logs, isSecret: true,
    input: JSON.stringify(answers),
  }))
  const result = run.code === 0 ? openedSchema.safeParse(lastJson(run.spoken)) : null
  if (!result?.success) {
    throw new Refusal(`集群没有建好。日志在 ${run.logPath}，最后几行：\n${run.output}`)
  }
  rmSync(folders.seeding, { force: true })
  return result.data
}

/** The answer is the last line; the CMS may have written notes before it. */
function lastJson(spoken: string): unknown {
  try {
    return JSON.parse(spoken.trim().split('\n').at(-1) ?? '')
  } catch {
    return null
  }
}
