import type { Client } from 'pg'
import { APPEND_ONLY_TABLES } from './append-only.ts'

/** Schemas that CMS and worker work in; those that no migration has made yet are passed over. */
export const APP_SCHEMAS = ['public', 'graphile_worker', 'cluster', 'delivery']
/** The only schema that the public read side may look into. */
const DELIVERY_SCHEMA = 'delivery'

/**
 * Gives the roles exactly what they need, after every migration, as the owner of everything.
 * `app` reads and writes rows but changes no table, and only adds to the append-only ones; `delivery` reads the
 * public copies. A role that is the owner itself (one address for all duties) is left as it is.
 */
export async function grantRoles(
  { client, owner, app, delivery }: { client: Client, owner: string, app: string, delivery: string },
): Promise<void> {
  const id = (name: string) => client.escapeIdentifier(name)
  const { rows } = await client.query<{ nspname: string }>('select nspname from pg_namespace')
  const existing = new Set(rows.map((row) => row.nspname))
  if (app !== owner) {
    for (const schema of APP_SCHEMAS.filter((name) => existing.has(name))) {
      await grantApp({ client, schema: id(schema), owner: id(owner), app: id(app) })
    }
    await admitToJobs({ client, app: id(app) })
    await closeAppendOnly({ client, app: id(app) })
  }
  if (delivery !== owner && delivery !== app && existing.has(DELIVERY_SCHEMA)) {
    const schema = id(DELIVERY_SCHEMA)
    const reader = id(delivery)
    await client.query(`grant usage on schema ${schema} to ${reader}`)
    await client.query(`grant select on all tables in schema ${schema} to ${reader}`)
    await client.query(
      `alter default privileges for role ${id(owner)} in schema ${schema} grant select on tables to ${reader}`,
    )
  }
}

async function grantApp(
  { client, schema, owner, app }: { client: Client, schema: string, owner: string, app: string },
): Promise<void> {
  const rights = [
    ['select, insert, update, delete', 'tables'],
    ['usage, select, update', 'sequences'],
    ['execute', 'functions'],
  ]
  await client.query(`grant usage on schema ${schema} to ${app}`)
  for (const [verbs, things] of rights) {
    await client.query(`grant ${verbs} on all ${things} in schema ${schema} to ${app}`)
    await client.query(
      `alter default privileges for role ${owner} in schema ${schema} grant ${verbs} on ${things} to ${app}`,
    )
  }
}

/** graphile-worker closes its tables by row-level security to everybody but their owner. */
async function admitToJobs({ client, app }: { client: Client, app: string }): Promise<void> {
  const { rows } = await client.query<{ relname: string }>(
    `select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where nspname = 'graphile_worker' and relkind = 'r' and relrowsecurity`,
  )
  for (const { relname } of rows) {
    const table = `graphile_worker.${client.escapeIdentifier(relname)}`
    await client.query(`drop policy if exists admit_app on ${table}`)
    await client.query(`create policy admit_app on ${table} to ${app} using (true) with check (true)`)
  }
}

async function closeAppendOnly({ client, app }: { client: Client, app: string }): Promise<void> {
  for (const table of APPEND_ONLY_TABLES) {
    const { rows } = await client.query<{ found: string | null }>('select to_regclass($1) as found', [table])
    if (rows[0]?.found) await client.query(`revoke update, delete, truncate on ${table} from ${app}`)
  }
}
