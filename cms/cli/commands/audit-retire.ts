import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { LEAST_RETENTION_DAYS } from '@cluster/shared/audit/deeds'
import { auditOperator } from '../../audit/record-operator.ts'
import { BrokenChain, retireAudit } from '../../audit/retire.ts'
import { say } from '../progress.ts'
import { Refusal } from '../refusal.ts'
import { readSettings } from '../settings.ts'
import { withServices } from '../with-services.ts'

const DAY_MS = 86_400_000

/**
 * `npm run audit-retire -- --before 2026-01-01 FILE`: moves audit rows older than that day, with their seals, into a file. Without it nothing
 * is ever moved. Rows younger than the retention time stay. Answers the exit code.
 */
export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, options: { before: { type: 'string' } }, allowPositionals: true })
  const [file] = positionals
  const before = new Date(`${values.before ?? ''}T00:00:00+08:00`)
  if (!file || positionals.length > 1 || Number.isNaN(before.getTime())) {
    throw new Refusal('用法：npm run audit-retire -- --before 2026-01-01 文件名。写明移出哪一天之前的记录，以及存到哪个文件。')
  }
  const { AUDIT_RETENTION_DAYS } = readSettings()
  const youngest = new Date(Date.now() - AUDIT_RETENTION_DAYS * DAY_MS)
  if (before > youngest) {
    throw new Refusal(`审计记录至少保存 ${AUDIT_RETENTION_DAYS} 天（不得少于 ${LEAST_RETENTION_DAYS} 天），${values.before} 之后的还不能移出。最晚可以写 ${youngest.toISOString().slice(0, 10)}。`)
  }
  const target = resolve(file)
  if (existsSync(target)) throw new Refusal(`文件 ${target} 已经存在，请换一个文件名。`)
  return withServices({ database: true, search: false }, async ({ env }) => {
    const client = new Client({ connectionString: env.DATABASE_OWNER_URL, application_name: 'cluster-audit-retire' })
    await client.connect()
    try {
      const retired = await retireAudit(client, { before, file: target })
      if (!retired) {
        say(`${values.before} 之前没有审计记录，没有移出任何内容。`)
        return 0
      }
      await auditOperator(client, { deed: 'retire-audit', person: userInfo().username, detail: { rows: retired.rows, head: retired.end.seq, digest: retired.fileDigest } })
      say(`已移出 ${retired.rows} 条审计记录，存入 ${target}（摘要 ${retired.fileDigest}）。请妥善保管这个文件；库中其余记录仍可核验。`)
      return 0
    } catch (error) {
      if (error instanceof BrokenChain) throw new Refusal(`审计链不完整，没有移出任何记录（${error.message}）。请先运行 npm run verify-audit。`)
      throw error
    } finally {
      await client.end()
    }
  })
}
