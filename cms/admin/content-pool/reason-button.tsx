'use client'

import { useId, useState } from 'react'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { Dialog } from '../dialog.tsx'

const LONGEST = 200

/** A button for a deed that needs a reason which somebody else will read. */
export function ReasonButton({ path, body, label, title, consequence, question }: {
  path: string
  body: Record<string, unknown>
  label: string
  title: string
  consequence: string
  /** What the reason should say. */
  question: string
}) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [reason, setReason] = useState('')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const act = async () => {
    setBusy(true)
    const answer = await call('POST', path, { ...body, reason: reason.trim() })
    if (answer.ok) return window.location.reload()
    setBusy(false)
    setRefusals(answer.refusals)
  }
  return (
    <>
      <button type="button" className="cluster-button" onClick={() => setOpen(true)}>{label}</button>
      {isOpen ? (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <p>{consequence}</p>
          <div className="cluster-dialog__field">
            <label htmlFor={id}>{question}</label>
            <textarea id={id} rows={3} value={reason} maxLength={LONGEST} aria-describedby={`${id}-hint`} aria-invalid={refusals.some(({ path: field }) => field === 'reason') || undefined}
              onChange={(event) => setReason(event.target.value)} />
            <p id={`${id}-hint`} className="cluster-hint">至少 4 个字，对方会看到。</p>
          </div>
          <Refusals refusals={refusals} />
          <div className="cluster-dialog__actions">
            <button type="button" className="cluster-button cluster-button--main" disabled={isBusy || reason.trim().length < 4} onClick={() => void act()}>
              {isBusy ? '正在办理…' : `确定${label}`}
            </button>
            <button type="button" className="cluster-button" onClick={() => setOpen(false)}>取消</button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
