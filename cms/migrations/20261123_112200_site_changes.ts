import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_SITE_CHANGES } from '../database/site-changes.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_SITE_CHANGES))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(`
    drop table cluster.site_change_moves; drop table cluster.site_change_steps; drop table cluster.site_changes; drop table cluster.site_standings;`))
}
