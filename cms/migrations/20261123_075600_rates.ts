import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  // Attempts within some minutes, counted for all processes together; unlogged, because a crash may forgive them. The columns and their
  // order are those of the library that counts.
  await db.execute(sql.raw('create unlogged table cluster.rates (key varchar(255) primary key, points integer not null default 0, expire bigint)'))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw('drop table cluster.rates'))
}
