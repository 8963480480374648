import { Client } from 'pg'
import { reasonOf } from '../folders.ts'
import { Refusal } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { Settings } from '../settings.ts'

/** One address per duty: the owner migrates, the app writes, the delivery server only reads. */
export type DatabaseAddresses = { ownerUrl: string, appUrl: string, deliveryUrl: string }

export const DATABASE_NAME = 'cluster'
export const ROLES = { owner: 'cluster_owner', app: 'cluster_app', delivery: 'cluster_delivery' } as const

/** The addresses of one database on the embedded server. */
export function embeddedAddresses(
  { port, secrets, database }: { port: number, secrets: Secrets, database: string },
): DatabaseAddresses {
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  return {
    ownerUrl: url(ROLES.owner, secrets.ownerPassword),
    appUrl: url(ROLES.app, secrets.appPassword),
    deliveryUrl: url(ROLES.delivery, secrets.deliveryPassword),
  }
}

/** The addresses that the operator gave; one alone serves for all three. Null where none was given. */
export function givenAddresses(settings: Settings): DatabaseAddresses | null {
  if (!settings.DATABASE_URL) return null
  return {
    appUrl: settings.DATABASE_URL,
    ownerUrl: settings.DATABASE_OWNER_URL ?? settings.DATABASE_URL,
    deliveryUrl: settings.DELIVERY_DATABASE_URL ?? settings.DATABASE_URL,
  }
}

/** Tries each address once. Throws `Refusal` saying which variable is at fault and why. */
export async function checkGivenAddresses(addresses: DatabaseAddresses): Promise<void> {
  const variables = [
    ['DATABASE_URL', addresses.appUrl],
    ['DATABASE_OWNER_URL', addresses.ownerUrl],
    ['DELIVERY_DATABASE_URL', addresses.deliveryUrl],
  ] as const
  for (const [variable, url] of variables) {
    const client = openClient(variable, url)
    try {
      await client.connect()
    } catch (error) {
      throw new Refusal(`${variable} 指定的数据库连不上：${explainConnection(error)}`)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function openClient(variable: string, url: string): Client {
  const malformed = new Refusal(`${variable} 不是有效的地址，应形如 postgres://用户:密码@主机:5432/库名。`)
  if (!/^postgres(ql)?:\/\//.test(url)) throw malformed
  try {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    return client
  } catch {
    throw malformed
  }
}

/** What a failed connection means, with what to do: by PostgreSQL's SQLSTATE or the system's error code. */
function explainConnection(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reasons: Record<string, string> = {
    '28P01': '用户名或密码不对，请核对。',
    '28000': '服务器不允许这个用户登录，请检查 pg_hba.conf。',
    '3D000': '库不存在，请先建立（编码 UTF8）。',
    '53300': '服务器的连接数已满，请稍后重试或调大 max_connections。',
    '57P03': '服务器正在启动，请稍后重试。',
    ECONNREFUSED: '那个地址没有数据库在监听，请检查主机、端口以及数据库是否已启动。',
    ENOTFOUND: '主机名无法解析，请检查拼写。',
    ETIMEDOUT: '连接超时，请检查网络和防火墙。',
  }
  return reasons[code] ?? `${reasonOf(error)}。请检查地址、网络和服务器日志。`
}
