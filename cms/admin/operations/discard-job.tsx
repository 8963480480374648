'use client'

import { useId, useState } from 'react'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { Dialog } from '../dialog.tsx'

/** Gives a failed job up, with the reason, which is kept. */
export function DiscardJob({ path }: { path: string }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const discard = async () => {
    const answer = await call('POST', path, { reason })
    if (answer.ok) window.location.reload()
    else setRefusals(answer.refusals)
  }
  return (
    <>
      <button type="button" className="cluster-button" onClick={() => setOpen(true)}>放弃</button>
      {isOpen ? (
        <Dialog title="放弃这个任务" onClose={() => setOpen(false)}>
          <p>任务会从队列中删除，不再执行。放弃“定时发布”后，稿件不会自动发布。原因记入审计。</p>
          <div className="cluster-dialog__field">
            <label htmlFor={id}>原因</label>
            <input id={id} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
          </div>
          <Refusals refusals={refusals} />
          <p className="cluster-dialog__actions">
            <button type="button" className="cluster-button" onClick={() => setOpen(false)}>取消</button>
            <button type="button" className="cluster-button cluster-button--main" disabled={reason.trim().length < 2} onClick={discard}>确定放弃</button>
          </p>
        </Dialog>
      ) : null}
    </>
  )
}
