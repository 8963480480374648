import { userInfo } from 'node:os'
import { Client } from 'pg'
import { auditOperator } from '../audit/record-operator.ts'

export type BackupRun = {
  kind: 'backup' | 'restore'
  fileName: string
  startedAt: Date
  finishedAt: Date
  bytes: number | null
  documents: number | null
  /** SHA-256 of the file; null where it was not made or not computed. */
  digest: string | null
  result: 'complete' | 'incomplete' | 'failed'
}

/** Notes a run for the operator's page and the audit log, as the owner of the database: the application may only read it. */
export async function recordRun(databaseUrl: string, run: BackupRun): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into cluster.backups (started_at, finished_at, kind, file_name, bytes, documents, digest, result)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [run.startedAt, run.finishedAt, run.kind, run.fileName, run.bytes, run.documents, run.digest, run.result])
    await auditOperator(client, {
      deed: run.kind, person: userInfo().username,
      detail: { file: run.fileName, documents: run.documents, result: run.result },
    })
    await client.query('commit')
  } finally {
    await client.end().catch(() => undefined)
  }
}
