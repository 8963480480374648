import { z } from 'zod'
import { LEAST_RETENTION_DAYS } from '@cluster/shared/audit/deeds'
import { givenEnvironment } from '../env.ts'
import { dataFolders, type DataFolders } from './folders.ts'
import { Refusal } from './refusal.ts'

const port = z.coerce.number().int().min(1).max(65535)

const schema = z.object({
  DATA_DIR: z.string().default('.data'),
  HOST: z.string().default('127.0.0.1'),
  PORTAL_PORT: port.default(4321),
  CMS_PORT: port.default(3000),
  DELIVERY_PORT: port.optional(),
  WORKER_PORT: port.optional(),
  OPERATOR_PORT: port.optional(),
  CMS_OPERATOR_PORT: port.optional(),
  DELIVERY_OPERATOR_PORT: port.optional(),
  PG_PORT: port.optional(),
  MEILISEARCH_PORT: port.optional(),
  DATABASE_URL: z.string().optional(),
  DATABASE_OWNER_URL: z.string().optional(),
  DELIVERY_DATABASE_URL: z.string().optional(),
  MEILISEARCH_URL: z.string().optional(),
  MEILISEARCH_API_KEY: z.string().optional(),
  MEILISEARCH_SEARCH_KEY: z.string().optional(),
  PORTAL_ORIGIN: z.string().optional(),
  PAYLOAD_SECRET: z.string().optional(),
  INTAKE_KEY: z.string().optional(),
  PREVIEW_SECRET: z.string().optional(),
  AUDIT_RETENTION_DAYS: z.coerce.number().int().min(LEAST_RETENTION_DAYS).default(LEAST_RETENTION_DAYS),
  ACCOUNT_KEY: z.string().optional(),
})

/** The variables by which an operator decides; tests leave them out, so as never to touch the operator's database. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape)

/** What an operator may decide about one cluster through the environment; all else is derived. */
export type Settings = z.output<typeof schema> & { folders: DataFolders }

/** Reads the operator's decisions. Throws `Refusal` naming the variable that cannot be used. */
export function readSettings(given = givenEnvironment()): Settings {
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value))
  const parsed = schema.safeParse(filled)
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0])
    const meant = name === 'AUDIT_RETENTION_DAYS' ? `不少于 ${LEAST_RETENTION_DAYS} 的天数，审计记录只能保存得更久` : '1 到 65535 之间的端口号'
    throw new Refusal(`环境变量 ${name} 的值“${filled[name]}”不可用，应为${meant}。`)
  }
  return { ...parsed.data, folders: dataFolders(parsed.data.DATA_DIR) }
}
