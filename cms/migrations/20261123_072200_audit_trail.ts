import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_AUDIT_TRAIL } from '../database/audit-trail.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_AUDIT_TRAIL))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(`
    drop table cluster.processes, cluster.audit_checks, cluster.audit_checkpoints, cluster.audit_seals;
    drop trigger queue_for_seal on cluster.audit;
    drop function cluster.queue_for_seal();
    drop table cluster.audit_unsealed;
    alter table cluster.audit drop column person_email, drop column duty, drop column version, drop column reason, drop column address, drop column request_id;
  `))
}
