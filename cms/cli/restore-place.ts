import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { z } from 'zod'
import type { DataFolders } from './folders.ts'
import { APP_SCHEMAS } from './grant-roles.ts'
import { MIGRATION_LOCK } from './migration-lock.ts'
import type { OpenDatabase } from './open-engines.ts'
import { remakeDatabase } from './prepare-database.ts'
import { readJson, writeJson } from './read-json.ts'
import { Refusal } from './refusal.ts'
import { withClient } from './services/make-database.ts'

const markerSchema = z.object({ place: z.string() })

/**
 * Makes sure that a restore hurts nothing: the database and the media folder are empty, or hold what an earlier restore
 * into this very place has left unfinished, which is cleared away. Marks the place as unfinished from here on.
 * Throws `Refusal` where there is something, and leaves it as it is.
 */
export async function takeEmptyPlace(
  { folders, database }: { folders: DataFolders, database: OpenDatabase },
): Promise<void> {
  const place = placeOf(database)
  const isOurs = readJson(folders.restoring, markerSchema)?.place === place
  if (isOurs) await clearPlace({ folders, database })
  else await refuseFilledPlace({ folders, database })
  writeJson(folders.restoring, { place })
  // What can be made anew would show another cluster's pages, and find its texts.
  rmSync(folders.pages, { recursive: true, force: true })
  rmSync(folders.searchEngine, { recursive: true, force: true })
}

/** Takes the mark off again: everything is there. */
export function releasePlace(folders: DataFolders): void {
  rmSync(folders.restoring, { force: true })
}

/** Which database it is, without its password. */
function placeOf({ addresses, adminUrl }: OpenDatabase): string {
  if (adminUrl !== null) return 'own'
  const { hostname, port, pathname } = new URL(addresses.ownerUrl)
  return createHash('sha256').update(`${hostname}:${port}${pathname}`).digest('hex')
}

async function refuseFilledPlace({ folders, database }: { folders: DataFolders, database: OpenDatabase }): Promise<void> {
  const isFilled = await withClient(database.addresses.ownerUrl, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      `select exists (select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
         where nspname = any($1) and relkind in ('r', 'p', 'v', 'm', 'S')
           and not exists (select from pg_depend where objid = pg_class.oid and classid = 'pg_class'::regclass and deptype = 'e')) as found`,
      [APP_SCHEMAS])
    return rows[0]?.found === true
  })
  if (isFilled) {
    throw new Refusal(database.adminUrl === null
      ? 'DATABASE_URL 指定的库里已经有内容，恢复只写入空库，什么都没有改动。请新建一个空库，再运行一次。'
      : `数据目录 ${folders.root} 里已经有集群，恢复只写入空的地方，什么都没有改动。请用 DATA_DIR 指定一个空目录。`)
  }
  if (readdirSync(folders.media).length > 0) {
    throw new Refusal(`附件目录 ${folders.media} 里已经有文件，恢复只写入空的地方，什么都没有改动。请移走它们，或用 DATA_DIR 指定一个空目录。`)
  }
}

async function clearPlace({ folders, database }: { folders: DataFolders, database: OpenDatabase }): Promise<void> {
  rmSync(folders.media, { recursive: true, force: true })
  if (database.adminUrl !== null) return remakeDatabase({ adminUrl: database.adminUrl, folders })
  // Not our server, so the database itself stays; it was empty when the restore began, so all of this came from it.
  await withClient(database.addresses.ownerUrl, async (client) => {
    // The restore that was cut off may have left a migration at work.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    for (const schema of APP_SCHEMAS.filter((name) => name !== 'public')) await client.query(`drop schema if exists ${client.escapeIdentifier(schema)} cascade`)
    await client.query(DROP_PUBLIC)
  })
}

/** The schema `public` may belong to somebody else: only what is in it goes. */
const DROP_PUBLIC = `do $$
declare thing record;
begin
  for thing in select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
    execute format('drop table if exists %s cascade', thing.name);
  end loop;
  for thing in select oid::regtype as name from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e' loop
    execute format('drop type if exists %s cascade', thing.name);
  end loop;
end $$`
