import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_CONTENT_POOL } from '../database/content-pool.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_CONTENT_POOL))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(`
    drop view delivery.listed; drop table delivery.placements; drop table delivery.tombstone_sites;
    alter table delivery.search drop column sites;
    drop table cluster.pool_notices; drop table cluster.submissions; drop table cluster.adoptions;
    drop table cluster.push_targets; drop table cluster.pushes;`))
}
