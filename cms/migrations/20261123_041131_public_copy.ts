import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_PUBLIC_COPY } from '../database/public-copy.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_PUBLIC_COPY))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw('drop schema delivery cascade; drop schema cluster cascade;'))
}
