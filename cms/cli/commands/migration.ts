import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../folders.ts'
import { run as runPayload } from './payload.ts'

const FOLDER = join(ROOT, 'cms', 'migrations')

/**
 * `npm run migration -- NAME`: writes the migration from the last release's structure to the collections as they are
 * now, in a form that Node and the bundler both read: types imported as types, files with their ending.
 */
export async function run(argv: string[]): Promise<number> {
  const code = await runPayload(['migrate:create', ...argv])
  for (const file of globSync('*.ts', { cwd: FOLDER })) {
    const path = join(FOLDER, file)
    const before = readFileSync(path, 'utf8')
    const after = before
      .replace(
        /import \{ MigrateUpArgs, MigrateDownArgs, sql \} from '@payloadcms\/db-postgres'/,
        "import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'",
      )
      .replace(/(from '\.\/[^'.]+)'/g, "$1.ts'")
    if (after !== before) writeFileSync(path, after)
  }
  return code
}
