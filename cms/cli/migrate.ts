// A process of its own, so that the start script need not load the whole CMS: `node cms/cli/migrate.ts [--only NAME,NAME]`.
import { parseArgs } from 'node:util'
import { runMigrations } from 'graphile-worker'
import { Client } from 'pg'
import { enterEnvironment, env } from '../env.ts'
import { grantRoles } from './grant-roles.ts'
import { MIGRATION_LOCK } from './migration-lock.ts'

/** Brings the database to the state of this release, as its owner, one start at a time; then grants the roles. */
async function migrate(): Promise<void> {
  const { DATABASE_OWNER_URL, DATABASE_URL, DELIVERY_DATABASE_URL } = env()
  const client = new Client({ connectionString: DATABASE_OWNER_URL })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    // The CMS's own configuration reads DATABASE_URL: in this process that is the owner's.
    enterEnvironment({ DATABASE_URL: DATABASE_OWNER_URL })
    await migrateCollections()
    await runMigrations({ connectionString: DATABASE_OWNER_URL })
    const { rows } = await client.query<{ current_user: string }>('select current_user')
    const owner = rows[0]?.current_user ?? roleOf(DATABASE_OWNER_URL)
    await client.query('begin')
    await grantRoles({ client, owner, app: roleOf(DATABASE_URL), delivery: roleOf(DELIVERY_DATABASE_URL) })
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function migrateCollections(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const [{ getPayload, readMigrationFiles }, { default: config }] = await Promise.all([import('payload'), import('../payload.config.ts')])
  const payload = await getPayload({ config, disableOnInit: true })
  const only = values.only?.split(',')
  // Ends the process itself when a migration fails, after rolling it back.
  await payload.db.migrate(only ? { migrations: (await readMigrationFiles({ payload })).filter(({ name }) => only.includes(name)) } : undefined)
  await payload.destroy()
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}

await migrate()
process.exit(0)
