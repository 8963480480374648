import type { ClientBase } from 'pg'
import { APP_SCHEMAS } from '../cli/grant-roles.ts'
import type { BackupManifest, TableShape } from './contents.ts'

/** Made by the job library itself, of its own version: rows of another version's would have it change the tables anew. */
const MADE_WITH_STRUCTURE = ['graphile_worker.migrations']

/**
 * All tables that hold rows of ours, as the catalogue knows them, so that a new one cannot be forgotten.
 * Left out are generated columns, which PostgreSQL fills itself, and unlogged tables, which a crash empties anyway.
 */
export async function readTables(client: ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select nspname as schema, relname as name,
       coalesce(array_agg(attname::text order by attnum) filter (where attname is not null), '{}') as columns
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     left join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
     where relkind = 'r' and relpersistence = 'p' and nspname = any($1)
       and not exists (select from pg_depend where objid = pg_class.oid and classid = 'pg_class'::regclass and deptype = 'e')
     group by nspname, relname order by nspname, relname`,
    [APP_SCHEMAS],
  )
  return rows.filter((table) => !MADE_WITH_STRUCTURE.includes(`${table.schema}.${table.name}`))
}

/** The sequences as they stand now. They know no snapshot: read after it was taken, they are never behind its rows. */
export async function readSequences(client: ClientBase): Promise<BackupManifest['sequences']> {
  const { rows } = await client.query<{ schema: string, name: string }>(
    `select schemaname as schema, sequencename as name from pg_sequences where schemaname = any($1)
     order by schemaname, sequencename`, [APP_SCHEMAS],
  )
  const read = []
  for (const { schema, name } of rows) {
    const { rows: [state] } = await client.query<{ value: string, isCalled: boolean }>(
      `select last_value::text as value, is_called as "isCalled" from ${quoted(client, { schema, name })}`,
    )
    if (state) read.push({ schema, name, ...state })
  }
  return read
}

/** Names of the migrations that have made this structure, in their order. */
export async function readMigrations(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from public.payload_migrations where batch > 0 order by name')
  return rows.map(({ name }) => name)
}

/** A table or sequence as SQL names it. */
export function quoted(client: ClientBase, { schema, name }: { schema: string, name: string }): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
}
