import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { recordRun } from '../../backup/record-run.ts'
import { type BackupOutcome, type BackupSource, writeBackup } from '../../backup/write-backup.ts'
import { givenEnvironment } from '../../env.ts'
import { readMode } from '../cluster-mode.ts'
import { type DataFolders, reasonOf } from '../folders.ts'
import { isEmpty } from '../prepare-database.ts'
import { productVersion } from '../product-version.ts'
import { openBar } from '../progress-bar.ts'
import { elapsedSince, say } from '../progress.ts'
import { readPassphrase } from '../read-passphrase.ts'
import { Refusal } from '../refusal.ts'
import { DATA_KEYS } from '../secrets.ts'
import { readSettings } from '../settings.ts'
import { onStopRequest } from '../until-stopped.ts'
import { withServices } from '../with-services.ts'

const USAGE = '用法：npm run backup -- 文件 [--passphrase-file 口令文件]\n例如：npm run backup -- /srv/backup/2026-11-23.backup'
/** How many missing files are named on the terminal. */
const SHOWN = 5

/**
 * `npm run backup`: the cluster, running or not, into one encrypted file. Answers the exit code: 1 when the file is
 * there and some attachments are not in it. Throws `Refusal`.
 */
export async function run(argv: string[]): Promise<number> {
  const { path, passphraseFile } = readRequest(argv)
  const { folders, DATABASE_URL } = readSettings()
  if (readMode(folders) === null && !DATABASE_URL) throw new Refusal(`数据目录 ${folders.root} 里还没有集群，没有可备份的内容。请用 DATA_DIR 指出它的数据目录。`)
  refuseTakenPlace(path)
  const passphrase = await readPassphrase({ file: passphraseFile, isNew: true })
  return withServices({ database: true, search: false }, async ({ env, isClusterUp }) => {
    process.once('exit', () => rmSync(`${path}.part`, { force: true }))
    if (isClusterUp) onStopRequest({ stop: () => process.exit(130), kill: () => process.exit(130) })
    if (await isEmpty(env.DATABASE_OWNER_URL ?? '')) throw new Refusal('数据库里还没有站点，没有可备份的内容。')
    const start = performance.now()
    const outcome = await backUp({ path, passphrase, env, folders })
    tell({ path, outcome, folders, start })
    return outcome.faults.length > 0 ? 1 : 0
  })
}

async function backUp(
  { path, passphrase, env, folders }: { path: string, passphrase: string, env: Record<string, string>, folders: DataFolders },
): Promise<BackupOutcome> {
  const startedAt = new Date()
  const databaseUrl = env.DATABASE_OWNER_URL ?? ''
  const note = (more: { bytes: number | null, documents: number | null, digest: string | null, result: 'complete' | 'incomplete' | 'failed' }) =>
    recordRun(databaseUrl, { kind: 'backup', fileName: basename(path), startedAt, finishedAt: new Date(), ...more })
  const bar = openBar('备份', '项')
  try {
    const source = sourceOf(env, folders)
    const outcome = await writeBackup({ path, passphrase, source, now: () => new Date(), onProgress: bar.show })
    bar.close()
    const { bytes, documents, sha256, faults } = outcome
    await note({ bytes, documents, digest: sha256, result: faults.length > 0 ? 'incomplete' : 'complete' })
    return outcome
  } catch (error) {
    bar.close()
    await note({ bytes: null, documents: null, digest: null, result: 'failed' }).catch(() => undefined)
    if (isOfTheDisk(error)) {
      throw new Refusal(`备份没有写成（${reasonOf(error)}），没有留下文件。请检查 ${dirname(path)} 的空间和权限后重试。`)
    }
    throw error
  }
}

/** What is backed up, from the environment that the cluster itself runs with. */
export function sourceOf(env: Record<string, string>, folders: DataFolders): BackupSource {
  return {
    databaseUrl: env.DATABASE_OWNER_URL ?? '',
    mediaDir: env.MEDIA_DIR ?? folders.media,
    mode: env.CLUSTER_MODE === 'demo' ? 'demo' : 'production',
    product: productVersion(),
    keys: Object.fromEntries(DATA_KEYS.flatMap(({ name, variable }) => (env[variable] ? [[name, env[variable]]] : []))),
    demoAccounts: existsSync(folders.demoAccounts) ? readFileSync(folders.demoAccounts) : null,
  }
}

function tell(
  { path, outcome, folders, start }: { path: string, outcome: BackupOutcome, folders: DataFolders, start: number },
): void {
  const { bytes, sha256, documents, files, rows, faults } = outcome
  say(`✓ 备份完成：${path}（${elapsedSince(start)}）`)
  say(`  ${megabytes(bytes)}，文稿和留言 ${documents} 份，附件和图片 ${files} 个，数据 ${rows} 行`)
  say(`  SHA-256 ${sha256}`)
  say('  请把口令和备份分开保存：没有口令，谁也打不开它。核对备份：npm run restore -- 备份文件 --check')
  const inside = relative(folders.root, path)
  if (!inside.startsWith('..')) say('⚠ 备份和数据在同一个目录里，磁盘损坏会同时丢失。请把它复制到别处。')
  if (faults.length === 0) return
  const words = { missing: '不在附件目录里', differs: '内容与登记的不同' }
  say(`⚠ 有 ${faults.length} 个附件或图片有问题，其余全部在备份里：`)
  for (const { name, fault } of faults.slice(0, SHOWN)) say(`  ${name}：${words[fault]}`)
  if (faults.length > SHOWN) say(`  其余 ${faults.length - SHOWN} 个见备份里的清单。`)
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function readRequest(argv: string[]): { path: string, passphraseFile: string | undefined } {
  let parsed
  try {
    parsed = parseArgs({ args: argv, allowPositionals: true, options: { 'passphrase-file': { type: 'string' } } })
  } catch {
    throw new Refusal(`看不懂这些参数。口令不能写在命令里：请用环境变量 BACKUP_PASSPHRASE 或 --passphrase-file。\n${USAGE}`)
  }
  const [file, ...more] = parsed.positionals
  if (!file || more.length > 0) throw new Refusal(`请给出一个备份文件的名字。\n${USAGE}`)
  // npm changes into the project's root; the path was meant from where the command was typed.
  return { path: resolve(givenEnvironment().INIT_CWD ?? process.cwd(), file), passphraseFile: parsed.values['passphrase-file'] }
}

function refuseTakenPlace(path: string): void {
  if (existsSync(path)) throw new Refusal(`${path} 已经存在，不会覆盖它。请换一个名字，或先移走旧的。`)
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) throw new Refusal(`目录 ${dirname(path)} 不存在。请先建立它，或换一个位置。`)
}

/** True for what the disk says: no space, no right, gone. */
function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error && ['open', 'write', 'fsync', 'rename', 'close'].includes(String(error.syscall))
}
