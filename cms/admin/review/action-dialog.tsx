'use client'

import { useId, useState } from 'react'
import { REASON_LENGTH } from '@cluster/shared/governance/review-chain'
import type { Action, State } from '@cluster/shared/publishing/states'
import { Dialog } from '../dialog.tsx'
import { describeAction, missingCharacters } from './describe-action.ts'
import type { Refusal } from './requests.ts'

/** Asks for what an action needs: a reason, a time, or just a second thought. */
export function ActionDialog({ action, state, refusals, isBusy, onConfirm, onClose }: {
  action: Action
  state: State
  refusals: readonly Refusal[]
  isBusy: boolean
  onConfirm: (given: { reason?: string; at?: string }) => void
  onClose: () => void
}) {
  const { label, consequence, reason: asked, needsTime } = describeAction(action, state)
  const [reason, setReason] = useState('')
  const [time, setTime] = useState('')
  const id = useId()
  const missing = asked ? missingCharacters(reason) : 0
  const isReady = missing === 0 && reason.trim().length <= REASON_LENGTH.max && (!needsTime || time !== '')
  return (
    <Dialog title={label} onClose={onClose}>
      {consequence ? <p>{consequence}</p> : null}
      {needsTime ? (
        <div className="cluster-dialog__field">
          <label htmlFor={`${id}-time`}>发布时间（北京时间）</label>
          <input id={`${id}-time`} type="datetime-local" value={time} onChange={(event) => setTime(event.target.value)} />
        </div>
      ) : null}
      {asked ? (
        <div className="cluster-dialog__field">
          <label htmlFor={`${id}-reason`}>理由：{asked}</label>
          <textarea id={`${id}-reason`} rows={4} value={reason} aria-describedby={`${id}-count`} onChange={(event) => setReason(event.target.value)} />
          <p id={`${id}-count`} className="cluster-hint" aria-live="polite">
            {missing > 0 ? `至少 ${REASON_LENGTH.min} 个字，还差 ${missing} 个。` : `已写 ${reason.trim().length} 字，最多 ${REASON_LENGTH.max} 字。`}
          </p>
        </div>
      ) : null}
      <RefusalList refusals={refusals} />
      <div className="cluster-dialog__actions">
        <button
          type="button" className="cluster-button cluster-button--main" disabled={!isReady || isBusy}
          // The box shows no zone; Jiangsu's is meant, whatever the computer is set to.
          onClick={() => onConfirm({ ...(asked ? { reason: reason.trim() } : {}), ...(needsTime ? { at: `${time}:00+08:00` } : {}) })}
        >
          {isBusy ? '正在办理…' : `确定${label}`}
        </button>
        <button type="button" className="cluster-button" onClick={onClose}>取消</button>
      </div>
    </Dialog>
  )
}

/** Every reason why something did not happen. */
export function RefusalList({ refusals }: { refusals: readonly Refusal[] }) {
  if (refusals.length === 0) return null
  return (
    <div className="cluster-refusals" role="alert">
      <strong>没有办成：</strong>
      <ul>{refusals.map(({ message }) => <li key={message}>{message}</li>)}</ul>
    </div>
  )
}
