import { createHash } from 'node:crypto'
import { createReadStream, globSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { BackupFault } from '../../backup/backup-fault.ts'
import { countDocuments } from '../../backup/contents.ts'
import { recordRun } from '../../backup/record-run.ts'
import { restoreBackup } from '../../backup/restore-backup.ts'
import { verifyBackup, type VerifiedBackup } from '../../backup/verify-backup.ts'
import { givenEnvironment } from '../../env.ts'
import { clusterEnvironment } from '../cluster-environment.ts'
import { keepMode, readMode } from '../cluster-mode.ts'
import { makeDataFolders, reasonOf, ROOT } from '../folders.ts'
import { lockDataFolder } from '../lock-data-folder.ts'
import { openDatabase } from '../open-engines.ts'
import { migrateDatabase } from '../prepare-database.ts'
import { openBar } from '../progress-bar.ts'
import { elapsedSince, say, step } from '../progress.ts'
import { readPassphrase } from '../read-passphrase.ts'
import { Refusal } from '../refusal.ts'
import { releasePlace, takeEmptyPlace } from '../restore-place.ts'
import { endScripts } from '../run-script.ts'
import { DATA_KEYS, keepSecrets, openSecrets } from '../secrets.ts'
import { type House, openHouse } from '../services/house.ts'
import { usualPorts } from '../services/ports.ts'
import { endLeftovers } from '../services/running.ts'
import { readSettings, type Settings } from '../settings.ts'
import { onStopRequest } from '../until-stopped.ts'

const USAGE = '用法：npm run restore -- 文件 [--check] [--passphrase-file 口令文件]\n例如：DATA_DIR=/srv/cluster-new npm run restore -- /srv/backup/2026-11-23.backup'

type Request = { path: string, isCheck: boolean, passphrase: string }

/**
 * `npm run restore`: a back-up into an empty place, after it has been read to its end and found whole. `--check` only
 * does the reading. Answers the exit code. Throws `Refusal`.
 */
export async function run(argv: string[]): Promise<number> {
  const request = await readRequest(argv)
  if (request.isCheck) {
    const verified = await verify(request)
    say(`✓ 备份完整，口令正确：${describe(verified)}。`)
    return 0
  }
  const settings = readSettings()
  const { folders } = settings
  makeDataFolders(folders)
  const unlock = lockDataFolder(folders, { isForRestore: true })
  const house = openHouse({ folders, isEchoed: false })
  const close = async () => {
    endScripts('SIGTERM')
    await house.stop()
    unlock()
  }
  onStopRequest({ stop: () => { void close().then(() => process.exit(130)) }, kill: () => process.exit(130) })
  try {
    const start = performance.now()
    const verified = await verify(request)
    refuseUnfitting(verified, settings)
    await restore({ request, settings, house, verified })
    say(`✓ 恢复完成（${elapsedSince(start)}）：${describe(verified)}。`)
    say('  所有人都要重新登录；备份之后停用的账号和接口密钥又是备份时的样子，请安全管理员核对。')
    say(`  备份之后发布、修改或撤下的内容不在里面。现在可以运行 npm start；搜索会自动重建。`)
    return 0
  } finally {
    await close()
  }
}

async function verify({ path, passphrase }: Request): Promise<VerifiedBackup> {
  const bar = openBar('核对备份', 'MB')
  const total = statSync(path).size
  try {
    return await verifyBackup({ path, passphrase, onBytes: (bytes) => bar.show(inMegabytes(bytes), inMegabytes(total)) })
  } catch (error) {
    if (error instanceof BackupFault) throw new Refusal(error.message)
    throw error
  } finally {
    bar.close()
  }
}

/** What speaks against it before anything is touched. */
function refuseUnfitting({ header, keys }: VerifiedBackup, { folders }: Settings): void {
  const here = knownMigrations()
  const unknown = header.migrations.filter((name) => !here.includes(name))
  if (unknown.length > 0) throw new Refusal(`备份由更新版本的系统（${header.product}）生成，这个版本读不了。请先升级本系统，再恢复；什么都没有改动。`)
  if (header.mode === 'demo' && readMode(folders) === 'production') {
    throw new Refusal(`备份是演示集群的，数据目录 ${folders.root} 是正式集群的。请用 DATA_DIR 指定另一个目录。`)
  }
  const given = givenEnvironment()
  const other = DATA_KEYS.filter(({ name, variable }) => given[variable] && keys[name] && given[variable] !== keys[name])
  if (other.length > 0) {
    throw new Refusal(`环境变量 ${other.map(({ variable }) => variable).join('、')} 与备份里的不同，恢复的数据将有一部分读不出来。请去掉它们再运行，备份里的会自动使用。`)
  }
}

function knownMigrations(): string[] {
  return globSync('*.ts', { cwd: join(ROOT, 'cms', 'migrations') }).map((file) => basename(file, '.ts')).filter((name) => name !== 'index')
}

async function restore(
  { request, settings, house, verified }: { request: Request, settings: Settings, house: House, verified: VerifiedBackup },
): Promise<void> {
  const { folders } = settings
  const { header, keys, demoAccounts } = verified
  const startedAt = new Date()
  await endLeftovers(folders)
  const fresh = openSecrets(folders)
  const database = await step('启动数据库', () => openDatabase({ settings, secrets: fresh, house }))
  await takeEmptyPlace({ folders, database })
  makeDataFolders(folders)
  keepMode(folders, header.mode)
  const known = DATA_KEYS.flatMap(({ name }) => (keys[name] ? [[name, keys[name]] as const] : []))
  const secrets = { ...openSecrets(folders), ...Object.fromEntries(known) }
  keepSecrets(folders, secrets)
  if (demoAccounts) writeFileSync(folders.demoAccounts, demoAccounts, { mode: 0o600 })

  const env = clusterEnvironment({
    settings, secrets, database: database.addresses, search: null, ports: usualPorts(settings), mode: header.mode,
  })
  await step('建立数据库结构', () => migrateDatabase({ env, logFolder: folders.logs, only: header.migrations }))
  await load({ request, settings, verified, databaseUrl: database.addresses.ownerUrl })
  if (knownMigrations().length > header.migrations.length) await step('更新数据库结构', () => migrateDatabase({ env, logFolder: folders.logs }))
  await recordRun(database.addresses.ownerUrl, {
    kind: 'restore', fileName: basename(request.path), startedAt, finishedAt: new Date(), bytes: verified.bytes,
    documents: countDocuments(verified.manifest.tables), digest: await sha256Of(request.path), result: 'complete',
  })
  releasePlace(folders)
}

async function load(
  { request, settings, verified, databaseUrl }:
  { request: Request, settings: Settings, verified: VerifiedBackup, databaseUrl: string },
): Promise<void> {
  const bar = openBar('恢复', 'MB')
  try {
    await restoreBackup({
      path: request.path, passphrase: request.passphrase, verified, databaseUrl, mediaDir: settings.folders.media,
      isEngineShared: Boolean(settings.MEILISEARCH_URL),
      onBytes: (bytes) => bar.show(inMegabytes(bytes), inMegabytes(verified.bytes)),
    })
  } catch (error) {
    if (error instanceof BackupFault) throw new Refusal(error.message)
    const isOfTheDisk = error instanceof Error && 'syscall' in error
    if (!isOfTheDisk) throw error
    throw new Refusal(`恢复没有做完（${reasonOf(error)}）。请检查磁盘空间和权限，然后重新运行同一条命令，会从头做起。`)
  } finally {
    bar.close()
  }
}

function describe({ header, manifest }: VerifiedBackup): string {
  const at = new Date(header.createdAt).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
  const missing = manifest.faults.length > 0 ? `；备份时有 ${manifest.faults.length} 个附件缺失或有变` : ''
  return `${at} 的${header.mode === 'demo' ? '演示' : '正式'}集群，站点 ${header.sites.length} 个，文稿和留言 ${countDocuments(manifest.tables)} 份，`
    + `附件和图片 ${manifest.files.length} 个，逐项核对无误${missing}`
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000)
}

async function readRequest(argv: string[]): Promise<Request> {
  let parsed
  try {
    parsed = parseArgs({
      args: argv, allowPositionals: true, options: { check: { type: 'boolean' }, 'passphrase-file': { type: 'string' } },
    })
  } catch {
    throw new Refusal(`看不懂这些参数。口令不能写在命令里：请用环境变量 BACKUP_PASSPHRASE 或 --passphrase-file。\n${USAGE}`)
  }
  const [file, ...more] = parsed.positionals
  if (!file || more.length > 0) throw new Refusal(`请给出一个备份文件。\n${USAGE}`)
  const path = resolve(givenEnvironment().INIT_CWD ?? process.cwd(), file)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Refusal(`读不到备份文件 ${path}。请检查路径和权限。`)
  const passphrase = await readPassphrase({ file: parsed.values['passphrase-file'], isNew: false })
  return { path, isCheck: parsed.values.check ?? false, passphrase }
}
