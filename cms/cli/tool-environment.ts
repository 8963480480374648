import { randomBytes } from 'node:crypto'
import { givenEnvironment } from '../env.ts'
import type { DataFolders } from './folders.ts'

/** For tools that read the configuration but must depend on nothing in it: a valid environment that leads nowhere. */
export function toolEnvironment(folders: DataFolders): NodeJS.ProcessEnv {
  const random = () => randomBytes(32).toString('hex')
  return {
    ...givenEnvironment(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    DATA_DIR: folders.root,
    // Port 1 is never listened on: what connects all the same fails at once.
    DATABASE_URL: 'postgres://nobody:nobody@127.0.0.1:1/none',
    PAYLOAD_SECRET: random(),
    INTAKE_KEY: random(),
    PREVIEW_SECRET: random(),
    ACCOUNT_KEY: random(),
  }
}
