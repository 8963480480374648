import { Client } from 'pg'
import { findPostgresBinaries } from './postgres-binaries.ts'
import { preparePostgresFolder } from './postgres-folder.ts'
import { settleEnginePort } from './ports.ts'
import type { ServiceOrder } from './supervise.ts'
import type { Secrets } from '../secrets.ts'
import type { Settings } from '../settings.ts'

/** Modest settings: the whole cluster is to stay within 1.5 GB. */
const CONFIGURATION = {
  listen_addresses: '127.0.0.1',
  // Sockets in a shared folder would be a second door, and their paths are limited to 107 bytes.
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A transaction that somebody forgot keeps dead rows alive and blocks migrations.
  idle_in_transaction_session_timeout: '60s',
}

export type EmbeddedPostgres = {
  order: ServiceOrder
  /** Connection address of the superuser, for making roles and databases. */
  adminUrl: string
  port: number
}

/**
 * Prepares the PostgreSQL that comes with the packages: programs, data folder, port. It is not started yet.
 * `extra` settings win over the usual ones (tests give up durability). Throws `Refusal`.
 */
export async function orderPostgres(
  { settings, secrets, extra = {} }:
  { settings: Settings, secrets: Secrets, extra?: Record<string, string> },
): Promise<EmbeddedPostgres> {
  const { folders } = settings
  const binaries = findPostgresBinaries()
  const folder = await preparePostgresFolder({ folders, binaries, password: secrets.postgresPassword })
  const port = await settleEnginePort({ folders, engine: 'postgres', variable: 'PG_PORT', given: settings.PG_PORT })
  const adminUrl = `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${port}/postgres`
  const flags = Object.entries({ ...CONFIGURATION, ...extra }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return {
    port,
    adminUrl,
    order: {
      name: 'postgres',
      label: '数据库',
      program: binaries.postgres,
      args: ['-D', folder, '-p', String(port), ...flags],
      env: { NODE_ENV: 'production', PATH: '/usr/bin:/bin', TZ: 'UTC', LC_MESSAGES: 'C' },
      // Its own working folder must be one that the system user can enter.
      cwd: '/',
      ...binaries.user,
      isReady: () => canConnect(adminUrl),
      readyWithinMs: 60_000,
      stopSignal: 'SIGINT',
      explain: (output) => explainFailure(output, folder),
    },
  }
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // The server answers but refuses the password: waiting would not help, the next step says why.
    return error instanceof Error && 'code' in error && error.code === '28P01'
  } finally {
    await client.end().catch(() => {})
  }
}

function explainFailure(output: string, folder: string): string | null {
  const remedy = `请从备份恢复，或把 ${folder} 改名移开后重新启动（将从空库开始）。`
  const fatal = output.split('\n').findLast((line) => /FATAL|PANIC|error while loading/.test(line)) ?? ''
  if (/No space left/.test(output)) return '磁盘已满，数据库无法启动。请清理空间后重试。'
  if (/error while loading shared libraries/.test(output)) {
    return `数据库缺少系统库：${fatal.replace(/^.*libraries: /, '')}。请安装它，或用 DATABASE_URL 指定现有的 PostgreSQL。`
  }
  if (/could not map anonymous shared memory|Cannot allocate memory/.test(output)) return '内存不足，数据库无法启动。'
  if (/PANIC|invalid checkpoint|could not open (file|directory)|incorrect checksum|not a valid data directory|has wrong ownership|invalid permissions|database files are incompatible|syntax error in file/.test(output)) {
    return `数据库目录已损坏或权限不对：${fatal.replace(/^.*?(FATAL|PANIC):\s*/, '')}。${remedy}`
  }
  return null
}
