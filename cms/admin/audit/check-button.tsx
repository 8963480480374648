'use client'

import { useState } from 'react'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'

type Checked = { isWhole: boolean; sealedRows: number; fault: { message: string; seq: number | null; rowId: number | null } | null }

/** Checks the whole chain now, and says what came out. */
export function CheckButton() {
  const [isChecking, setChecking] = useState(false)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const check = async () => {
    setChecking(true)
    const answer = await call<Checked>('POST', '/api/audit/check', {})
    setChecked(answer.ok ? answer.value : null)
    setRefusals(answer.ok ? [] : answer.refusals)
    setChecking(false)
  }
  return (
    <div aria-live="polite">
      <button type="button" className="cluster-button" disabled={isChecking} onClick={check}>{isChecking ? '正在核验……' : '现在核验'}</button>
      {checked?.isWhole ? <p>核对了 {checked.sealedRows} 条记录，<strong>全部完整</strong>。</p> : null}
      {checked?.fault ? (
        <p className="cluster-bad">
          {checked.fault.message}第一处：{checked.fault.seq === null ? '' : `封存序号 ${checked.fault.seq}`}{checked.fault.rowId === null ? '' : ` 记录编号 ${checked.fault.rowId}`}。
          请不要改动数据库和备份，立即报告。
        </p>) : null}
      <Refusals refusals={refusals} />
    </div>
  )
}
