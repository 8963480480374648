import type { Payload } from 'payload'
import type { SearchAddress } from '../cli/cluster-environment.ts'
import { leaveDatabase } from '../cli/leave-database.ts'
import { enterEnvironment } from '../env.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export type TestPayload = { payload: Payload, database: TestDatabase, close: () => Promise<void> }

/**
 * The CMS's Local API on a database of its own, as the app role. Once in a test file, in `beforeAll`:
 * the configuration is loaded here, after the environment is entered, so do not import it at the top of the file.
 */
export async function openTestPayload(options: { search?: SearchAddress } = {}): Promise<TestPayload> {
  const database = await createTestDatabase(options)
  enterEnvironment(database.env)
  const [{ getPayload }, { default: config }] = await Promise.all([import('payload'), import('../payload.config.ts')])
  const payload = await getPayload({ config })
  return {
    payload,
    database,
    close: async () => {
      await leaveDatabase(payload)
      await database.drop()
    },
  }
}
