import type { ClientBase } from 'pg'
import { APP_SCHEMAS } from '../cli/grant-roles.ts'
import { type BackupManifest, tableOfEntry, type TableShape } from './contents.ts'
import { rowsOf, SAME_TEXT, takeRows, type RowTaker } from './copy-rows.ts'
import type { ArchiveEntry } from './read-archive.ts'
import { quoted, readTables } from './read-structure.ts'
import { createRowDigest } from './row-digest.ts'

/** The database does not hold what the back-up says: never the operator's doing. */
export class LoadMismatch extends Error {
  override name = 'LoadMismatch'
}

export type TableLoader = {
  /** Takes one entry of the archive; entries of one table come one after the other. */
  take: (entry: ArchiveEntry) => Promise<void>
  /** Ends the loading: compares every table with the manifest and puts keys, triggers and sequences right. */
  finish: (manifest: BackupManifest) => Promise<void>
}

/**
 * Fills the tables of a database that has the structure of the back-up, within the transaction that is open on `client`
 * (the owner's): until its commit nobody sees a row, and a crash leaves the database empty.
 * Foreign keys are taken off for the time and made again, which checks every row at once and needs no order of the
 * tables; triggers rest. No privilege beyond the owner's is needed.
 * Throws `LoadMismatch` where the structures differ or the rows are not those of the manifest.
 */
export async function beginLoading(client: ClientBase, tables: readonly TableShape[]): Promise<TableLoader> {
  await client.query(SAME_TEXT)
  await refuseOtherStructure(client, tables)
  const shapes = new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]))
  const remakeKeys = await takeOffForeignKeys(client)
  const wakeTriggers = await restTriggers(client)
  if (tables.length > 0) await client.query(`truncate ${tables.map((table) => quoted(client, table)).join(', ')}`)

  let current: { name: string, taker: RowTaker } | null = null
  const close = async () => {
    await current?.taker.end()
    current = null
  }
  return {
    take: async ({ name: entry, body }) => {
      const name = tableOfEntry(entry)
      const shape = name === null ? undefined : shapes.get(name)
      if (name === null || !shape) return close()
      if (current?.name !== name) {
        await close()
        current = { name, taker: takeRows(client, shape) }
      }
      for await (const piece of body) await current.taker.take(piece)
    },
    finish: async (manifest) => {
      await close()
      for (const table of tables) await compareRows(client, table, manifest)
      for (const sequence of manifest.sequences) {
        await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(client, sequence), sequence.value, sequence.isCalled])
      }
      await remakeKeys()
      await wakeTriggers()
    },
  }
}

/** A column that is missing here would lose what the back-up holds of it. */
async function refuseOtherStructure(client: ClientBase, tables: readonly TableShape[]): Promise<void> {
  const here = new Map((await readTables(client)).map(({ schema, name, columns }) => [`${schema}.${name}`, new Set(columns)]))
  const missing = tables.flatMap(({ schema, name, columns }) => {
    const known = here.get(`${schema}.${name}`)
    return known ? columns.filter((column) => !known.has(column)).map((column) => `${schema}.${name}.${column}`) : [`${schema}.${name}`]
  })
  if (missing.length > 0) throw new LoadMismatch(`the structure here lacks ${missing.join(', ')}`)
}

async function takeOffForeignKeys(client: ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ tableName: string, key: string, definition: string }>(
    `select conrelid::regclass::text as "tableName", quote_ident(conname) as key, pg_get_constraintdef(pg_constraint.oid) as definition
     from pg_constraint join pg_namespace on pg_namespace.oid = connamespace
     where contype = 'f' and conparentid = 0 and nspname = any($1)`, [APP_SCHEMAS])
  for (const { tableName, key } of rows) await client.query(`alter table ${tableName} drop constraint ${key}`)
  return async () => {
    for (const { tableName, key, definition } of rows) await client.query(`alter table ${tableName} add constraint ${key} ${definition}`)
  }
}

/** How a trigger is woken again, by what the catalogue says of it before. */
const WAKE: Record<string, string> = { O: 'enable trigger', A: 'enable always trigger', R: 'enable replica trigger' }

async function restTriggers(client: ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ tableName: string, trigger: string, state: string }>(
    `select tgrelid::regclass::text as "tableName", quote_ident(tgname) as trigger, tgenabled::text as state
     from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_namespace on pg_namespace.oid = relnamespace
     where not tgisinternal and tgparentid = 0 and tgenabled <> 'D' and nspname = any($1)`, [APP_SCHEMAS])
  for (const { tableName, trigger } of rows) await client.query(`alter table ${tableName} disable trigger ${trigger}`)
  return async () => {
    for (const { tableName, trigger, state } of rows) await client.query(`alter table ${tableName} ${WAKE[state]} ${trigger}`)
  }
}

async function compareRows(client: ClientBase, table: TableShape, manifest: BackupManifest): Promise<void> {
  const digest = createRowDigest()
  for await (const piece of rowsOf(client, table)) digest.take(piece)
  const [found, wanted] = [digest.result(), manifest.tables.find(({ schema, name }) => schema === table.schema && name === table.name)]
  if (found.rows === wanted?.rows && found.digest === wanted.digest) return
  throw new LoadMismatch(`${table.schema}.${table.name} holds ${found.rows} rows (${found.digest}), the back-up ${wanted?.rows} (${wanted?.digest})`)
}
