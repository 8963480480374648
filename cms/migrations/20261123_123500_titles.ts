import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Whoever searches for a whole title means that document, on whichever site it stands. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw('create index records_by_title_alone on delivery.records (title_key)'))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw('drop index delivery.records_by_title_alone'))
}
