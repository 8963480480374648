import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_ACCOUNT_TABLES } from '../database/accounts.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_ACCOUNT_TABLES))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(`drop table cluster.sessions, cluster.sign_ins, cluster.replaced_passwords, cluster.second_factors,
    cluster.recovery_codes, cluster.security_settings, cluster.api_keys;`))
}
