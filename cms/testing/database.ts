import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { inject } from 'vitest'
import { clusterEnvironment, type SearchAddress } from '../cli/cluster-environment.ts'
import { makeDataFolders } from '../cli/folders.ts'
import { embeddedAddresses, type DatabaseAddresses } from '../cli/services/database-addresses.ts'
import { dropDatabase, makeDatabase } from '../cli/services/make-database.ts'
import { freePort, type Ports } from '../cli/services/ports.ts'
import type { ProcessEnvironment } from '../env.ts'
import { TEST_DATABASE_PREFIX, testSettings } from './services.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type TestDatabase = DatabaseAddresses & {
  /** Connection address of the superuser, to this database. */
  adminUrl: string
  name: string
  /** A data folder of its own, gone with the database. */
  dataDir: string
  /** Free ports for the processes that a test starts. */
  ports: Ports
  /** The complete environment of the cluster's processes on this database; enter it, or hand it to a child. */
  env: ProcessEnvironment
  /** Removes database and folder, closing what is still connected. */
  drop: () => Promise<void>
}

/**
 * A database of one's own with the structure of this release and no rows, real roles included.
 * `search`: the engine that its environment names; null: none, search runs on PostgreSQL.
 */
export async function createTestDatabase({ search = null }: { search?: SearchAddress } = {}): Promise<TestDatabase> {
  const { adminUrl, port, template, secrets } = inject('services')
  const name = `${TEST_DATABASE_PREFIX}${randomBytes(6).toString('hex')}`
  await makeDatabase({ adminUrl, name, template })
  const dataDir = temporaryFolder('cluster-test-data')
  const settings = testSettings(dataDir)
  makeDataFolders(settings.folders)
  const addresses = embeddedAddresses({ port, secrets, database: name })
  const [portal, cms, delivery, worker, operator, cmsOperator, deliveryOperator] = await Promise.all(
    [freePort(), freePort(), freePort(), freePort(), freePort(), freePort(), freePort()] as const,
  )
  const ports = { portal, cms, delivery, worker, operator, cmsOperator, deliveryOperator }
  const env = clusterEnvironment({ settings, secrets, database: addresses, search, ports, mode: 'demo' })
  return {
    ...addresses,
    adminUrl: adminUrl.replace(/\/postgres$/, `/${name}`),
    name,
    dataDir,
    ports,
    env: { ...env, NODE_ENV: 'test' },
    drop: async () => {
      await dropDatabase({ adminUrl, name })
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
