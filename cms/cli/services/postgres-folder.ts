import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf, type DataFolders } from '../folders.ts'
import { endProcess, identify } from '../process-identity.ts'
import { Refusal } from '../refusal.ts'
import { canEnter, SHARED_PLACE, type PostgresBinaries } from './postgres-binaries.ts'

/** What every intact database folder of PostgreSQL holds. */
const LANDMARKS = ['PG_VERSION', 'base', 'global/pg_control', 'pg_wal', 'postgresql.conf', 'pg_hba.conf']
/** The major version of the packaged programs: a folder of another one cannot be opened by them. */
const MAJOR_VERSION = '18'

/**
 * The database folder of this cluster, made where there is none, and with no other server running on it.
 * Throws `Refusal` for a folder that is damaged or of another version, and leaves it untouched.
 */
export async function preparePostgresFolder(
  { folders, binaries, password }: { folders: DataFolders, binaries: PostgresBinaries, password: string },
): Promise<string> {
  const folder = locate(folders, binaries)
  const isNew = !existsSync(folder) || readdirSync(folder).length === 0
  if (isNew) initialise({ folder, binaries, password })
  else refuseDamaged(folder)
  await endLeftoverServer(folder)
  return folder
}

/** Below a closed folder (`/root`, a private home) the system user has no way in: the files then lie elsewhere. */
function locate(folders: DataFolders, binaries: PostgresBinaries): string {
  const pointer = `${folders.postgres}.location`
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim()
  if (existsSync(folders.postgres) || canEnter(folders.root, binaries.user)) return folders.postgres
  // Random, not derived: who removes the data folder means to start afresh.
  const elsewhere = join(SHARED_PLACE, `data-${randomBytes(8).toString('hex')}`)
  try {
    mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 })
    writeFileSync(pointer, `${elsewhere}\n`)
  } catch (error) {
    throw new Refusal(
      `系统用户 postgres 进不了 ${folders.root}，也无法改用 ${elsewhere}（${reasonOf(error)}）。`
      + '请用 DATA_DIR 指定一个其他用户可进入的目录，例如 /srv/cluster-data。',
    )
  }
  return elsewhere
}

function initialise({ folder, binaries, password }: { folder: string, binaries: PostgresBinaries, password: string }): void {
  // Made aside and renamed when complete: a start that is killed half-way leaves no half database.
  const draft = `${folder}.new`
  const passwordFile = `${folder}.password`
  rmSync(draft, { recursive: true, force: true })
  try {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (binaries.user) {
      chownSync(draft, binaries.user.uid, binaries.user.gid)
      chownSync(passwordFile, binaries.user.uid, binaries.user.gid)
    }
    const run = spawnSync(binaries.initdb, [
      `--pgdata=${draft}`, '--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`,
      '--encoding=UTF8', '--locale=C.UTF-8', '--lc-messages=C',
    ], { cwd: '/', encoding: 'utf8', ...binaries.user })
    if (run.status !== 0) {
      const reason = run.error ? reasonOf(run.error) : run.stderr.trim().split('\n').at(-1)
      throw new Refusal(`数据库目录 ${folder} 无法建立：${reason}。请检查磁盘空间和目录权限。`)
    }
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function refuseDamaged(folder: string): void {
  const remedy = `请从备份恢复，或把 ${folder} 改名移开后重新启动（将从空库开始）。`
  const missing = LANDMARKS.find((landmark) => !existsSync(join(folder, landmark)))
  if (missing) throw new Refusal(`数据库目录已损坏：缺少 ${missing}。${remedy}`)
  // pg_control is always 8 KiB (PG_CONTROL_FILE_SIZE); a full disk or a bad copy leaves it shorter.
  if (statSync(join(folder, 'global/pg_control')).size !== 8192) {
    throw new Refusal(`数据库目录已损坏：global/pg_control 不完整。${remedy}`)
  }
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (version !== MAJOR_VERSION) {
    throw new Refusal(
      `数据库目录 ${folder} 属于 PostgreSQL ${version}，本版本自带的是 ${MAJOR_VERSION}，不能直接打开。`
      + '请用旧版本导出备份，再在新目录恢复。',
    )
  }
}

/**
 * When the start script was killed outright its server runs on, holding the folder: it is ended in order here.
 * A stale `postmaster.pid` (after a crash of the machine) goes, for PostgreSQL mistakes a new process for the old.
 */
async function endLeftoverServer(folder: string): Promise<void> {
  const pidFile = join(folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  const identity = Number.isInteger(pid) && pid > 0 && isServerOf(pid, folder) ? identify(pid) : null
  // SIGINT is PostgreSQL's fast shutdown: connections are closed, nothing committed is lost.
  if (identity) await endProcess({ identity, signal: 'SIGINT', patienceMs: 20_000, isGroup: false })
  rmSync(pidFile, { force: true })
}

function isServerOf(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder)
  } catch {
    const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return listed.status === 0 && listed.stdout.includes(folder)
  }
}
