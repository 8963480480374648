import type { Pool } from 'pg'
import { CHAIN_FAULTS } from '@cluster/shared/audit/chain'
import { verifyAudit } from '../../audit/verify.ts'
import { faultLog } from '../../fault-log.ts'

const { onFault } = faultLog('worker')

/** The daily check of the audit log's chain. What it finds is kept for the audit administrator; a fault is in the log at once. */
export async function verifyAuditDaily(pool: Pool): Promise<void> {
  const { fault } = await verifyAudit(pool)
  if (fault) onFault('audit-chain', new Error(CHAIN_FAULTS[fault.code]), { seq: fault.seq, rowId: fault.rowId })
}
