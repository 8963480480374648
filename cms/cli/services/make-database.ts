import { Client } from 'pg'
import type { Secrets } from '../secrets.ts'
import { ROLES } from './database-addresses.ts'

/**
 * Makes the three roles, or sets them right: passwords are those of `secrets`, nobody is superuser, and the
 * delivery role cannot even begin a writing transaction.
 */
export async function makeRoles({ adminUrl, secrets }: { adminUrl: string, secrets: Secrets }): Promise<void> {
  const passwords = [
    [ROLES.owner, secrets.ownerPassword],
    [ROLES.app, secrets.appPassword],
    [ROLES.delivery, secrets.deliveryPassword],
  ] as const
  await withClient(adminUrl, async (client) => {
    for (const [role, password] of passwords) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
      const verb = rowCount === 0 ? 'create' : 'alter'
      await client.query(
        `${verb} role ${role} with login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
      )
    }
    await client.query(`alter role ${ROLES.delivery} set default_transaction_read_only = on`)
  })
}

/** Makes a database that only the three roles may enter; answers false when it was there. */
export async function makeDatabase(
  { adminUrl, name, template }: { adminUrl: string, name: string, template?: string },
): Promise<boolean> {
  return withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount !== 0) return false
    const database = client.escapeIdentifier(name)
    const source = template ? `template ${client.escapeIdentifier(template)}` : ''
    await client.query(`create database ${database} owner ${ROLES.owner} ${source}`)
    await client.query(`revoke all on database ${database} from public`)
    await client.query(`grant connect on database ${database} to ${ROLES.app}, ${ROLES.delivery}`)
    return true
  })
}

/** Removes a database with everything in it, closing what is connected. */
export async function dropDatabase({ adminUrl, name }: { adminUrl: string, name: string }): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`))
}

/** Opens a connection for the time of `work`. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
