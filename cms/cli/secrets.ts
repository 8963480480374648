import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DataFolders } from './folders.ts'
import { readJson, writeJson } from './read-json.ts'
import { Refusal } from './refusal.ts'

const SECRET_NAMES = [
  'postgresPassword', 'ownerPassword', 'appPassword', 'deliveryPassword',
  'searchMasterKey', 'payloadSecret', 'intakeKey', 'previewSecret', 'accountKey',
] as const

/** Secrets that folders of earlier releases do not have yet; nothing was ever sealed with them there, so they may be made later. */
const LATER_NAMES: readonly string[] = ['accountKey']

/** Passwords of this place's own servers. All other secrets belong to the data: rows were made with them. */
const OWN_SERVERS: readonly string[] = ['postgresPassword', 'ownerPassword', 'appPassword', 'deliveryPassword', 'searchMasterKey']

/** The secrets that go where the data go, each with the variable by which an operator may give it. */
export const DATA_KEYS = SECRET_NAMES.filter((name) => !OWN_SERVERS.includes(name))
  .map((name) => ({ name, variable: name.replace(/[A-Z]/g, '_$&').toUpperCase() }))

const schema = z.object({
  ...Object.fromEntries(SECRET_NAMES.map((name) => [name, z.string().min(32)])) as
    Record<typeof SECRET_NAMES[number], z.ZodString>,
  searchAdminKey: z.string().optional(),
  searchOnlyKey: z.string().optional(),
})

/** Everything that only this cluster may know, generated once into its data folder. */
export type Secrets = z.output<typeof schema>

/**
 * The cluster's secrets; generated when the folder is new.
 * Throws `Refusal` when they are missing beside an existing database: new ones would lock everybody out.
 */
export function openSecrets(folders: DataFolders): Secrets {
  const kept = readJson(folders.secrets, z.preprocess(completed, schema))
  if (kept) {
    keepSecrets(folders, kept)
    return kept
  }
  if (existsSync(join(folders.postgres, 'PG_VERSION')) || existsSync(`${folders.postgres}.location`)) {
    throw new Refusal(
      `数据目录 ${folders.root} 里有数据库，但缺少 secrets.json。请从备份恢复这个文件；没有它，数据库无法打开。`,
    )
  }
  const fresh = schema.parse(
    Object.fromEntries(SECRET_NAMES.map((name) => [name, newSecret()])),
  )
  keepSecrets(folders, fresh)
  return fresh
}

const newSecret = () => randomBytes(32).toString('hex')

function completed(kept: unknown): unknown {
  if (typeof kept !== 'object' || kept === null) return kept
  return { ...Object.fromEntries(LATER_NAMES.map((name) => [name, newSecret()])), ...kept }
}

/** Stores the secrets, readable by their owner alone. */
export function keepSecrets(folders: DataFolders, secrets: Secrets): void {
  writeJson(folders.secrets, secrets)
}
