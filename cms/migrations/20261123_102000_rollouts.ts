import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_ROLLOUTS } from '../database/rollouts.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_ROLLOUTS))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(`
    drop table cluster.dry_run_sites; drop table cluster.dry_runs; drop table cluster.rollout_verdicts; drop table cluster.rollout_steps;
    drop table cluster.rollout_sites; drop table cluster.rollouts;`))
}
