import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { Pool } from 'pg'
import { z } from 'zod'
import { CHAIN_FAULTS } from '@cluster/shared/audit/chain'
import { auditOperator } from '../../audit/record-operator.ts'
import { verifyAudit } from '../../audit/verify.ts'
import { say } from '../progress.ts'
import { Refusal } from '../refusal.ts'
import { withServices } from '../with-services.ts'

const anchorSchema = z.object({ seq: z.number().int().nonnegative(), hash: z.string().regex(/^sha256:[0-9a-f]{64}$/) })

/** `npm run verify-audit [-- --anchor FILE]`: checks the chain of the audit log, and that a head kept outside is still in it. Answers 1 where it is broken. */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { anchor: { type: 'string' } } })
  const anchor = values.anchor === undefined ? null : readAnchor(values.anchor)
  return withServices({ database: true, search: false }, async ({ env }) => {
    const pool = new Pool({ connectionString: env.DATABASE_URL, max: 2, application_name: 'cluster-verify-audit' })
    try {
      const { fault, sealedRows, head } = await verifyAudit(pool, { anchor })
      await auditOperator(pool, { deed: 'check-audit', person: userInfo().username, ...(fault ? { reason: fault.code } : {}), detail: { sealedRows, fault } })
      if (!fault) {
        say(`审计链完整：核验了 ${sealedRows} 条记录，链头序号 ${head.seq}，${head.hash}。`)
        return 0
      }
      const place = [fault.seq === null ? '' : `封存序号 ${fault.seq}`, fault.rowId === null ? '' : `记录编号 ${fault.rowId}`].filter(Boolean).join('，')
      say(`审计链有问题：${CHAIN_FAULTS[fault.code]}第一处在${place}。请保留现场（数据库和备份都不要改动），并通知审计管理员。`)
      return 1
    } finally {
      await pool.end()
    }
  })
}

function readAnchor(file: string): z.output<typeof anchorSchema> {
  try {
    return anchorSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new Refusal(`文件 ${file} 不是从“审计”页面导出的链头，或者读不出来。请核对文件名。`)
  }
}
