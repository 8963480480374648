'use client'

import { useId, useState } from 'react'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { Dialog } from '../dialog.tsx'

/** Takes a lost telephone's factor away, with the reason. In a dialog of its own: the page around it is a form already. */
export function ResetFactor({ path }: { path: string }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const reset = async () => {
    const answer = await call('POST', path, { reason })
    if (answer.ok) window.location.reload()
    else setRefusals(answer.refusals)
  }
  return (
    <>
      <p><button type="button" className="cluster-button" onClick={() => setOpen(true)}>重置动态验证码</button></p>
      {isOpen ? (
        <Dialog title="重置动态验证码" onClose={() => setOpen(false)}>
          <p>用于本人手机丢失、恢复码也用完的情况。请先当面或打电话核实是本人。重置后，原来的手机和恢复码立即作废，所有登录结束。</p>
          <div className="cluster-dialog__field">
            <label htmlFor={id}>原因和核实方式</label>
            <input id={id} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
          </div>
          <Refusals refusals={refusals} />
          <p className="cluster-dialog__actions">
            <button type="button" className="cluster-button" onClick={() => setOpen(false)}>取消</button>
            <button type="button" className="cluster-button cluster-button--main" disabled={reason.trim().length < 2} onClick={reset}>确定重置</button>
          </p>
        </Dialog>
      ) : null}
    </>
  )
}
