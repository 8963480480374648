'use client'

import { useId, useState } from 'react'
import { LESSON_LENGTH, ROLLOUT_ACTIONS, type RolloutAction } from '@cluster/shared/governance/templates/rollout'
import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import { Dialog } from '../dialog.tsx'
import type { Deed } from './rollout-board.tsx'
import { CONSEQUENCES, needsLesson } from './words.ts'

const MAIN: readonly RolloutAction[] = ['start', 'promote', 'complete', 'resume']

/** The steps that the state knows; one that may not be taken yet says why. */
export function NextSteps({ page: { actions, rollout }, act }: { page: RolloutPage; act: Deed }) {
  const [asked, setAsked] = useState<RolloutAction | null>(null)
  if (actions.length === 0) return <p>这次推行已经结束，没有要办的事。</p>
  // The last ring is completed, the others are promoted: the one that never fits is no choice.
  const fitting = actions.filter(({ issues }) => !issues.some(({ code }) => code === 'last-ring' || code === 'rings-left'))
  const blocked = fitting.flatMap(({ action, issues }) => {
    const reasons = issues.filter(({ code }) => code !== 'lesson-required')
    return reasons.length > 0 ? [{ action, reasons }] : []
  })
  const mayTake = (action: RolloutAction) => !blocked.some((each) => each.action === action)
  return (
    <>
      <div className="cluster-row">
        {fitting.map(({ action }) => (
          <button key={action} type="button" className={`cluster-button ${MAIN.includes(action) ? 'cluster-button--main' : ''}`} disabled={!mayTake(action)} onClick={() => setAsked(action)}>
            {ROLLOUT_ACTIONS[action]}
          </button>))}
      </div>
      {blocked.filter(({ action }) => action !== 'start').map(({ action, reasons }) => (
        <ul key={action} className="cluster-findings">{reasons.map(({ code, message }) => <li key={code}>{ROLLOUT_ACTIONS[action]}：{message}</li>)}</ul>))}
      {asked ? <Confirm action={asked} rollout={rollout} act={act} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

function Confirm({ action, rollout, act, onClose }: { action: RolloutAction; rollout: RolloutPage['rollout']; act: Deed; onClose: () => void }) {
  const id = useId()
  const [lesson, setLesson] = useState('')
  const [isBusy, setBusy] = useState(false)
  const withLesson = needsLesson(action, rollout.state)
  const isLongEnough = !withLesson || lesson.trim().length >= LESSON_LENGTH.min
  const confirm = async () => {
    setBusy(true)
    await act('/actions', { action, version: rollout.version, ...(withLesson ? { lesson } : {}) })
    onClose()
  }
  return (
    <Dialog title={`${ROLLOUT_ACTIONS[action]}？`} onClose={onClose}>
      <p>{CONSEQUENCES[action]}</p>
      {withLesson ? (
        <div className="cluster-dialog__field">
          <label htmlFor={id}>这一圈学到了什么（{LESSON_LENGTH.min} 到 {LESSON_LENGTH.max} 个字，下一次推行时先看到它）</label>
          <textarea id={id} rows={4} value={lesson} maxLength={LESSON_LENGTH.max} onChange={(event) => setLesson(event.target.value)} />
          <span className="cluster-hint">已写 {lesson.trim().length} 个字</span>
        </div>
      ) : null}
      <p className="cluster-dialog__actions">
        <button type="button" className="cluster-button" onClick={onClose}>不办了</button>
        <button type="button" className="cluster-button cluster-button--main" disabled={!isLongEnough || isBusy} onClick={() => void confirm()}>确定{ROLLOUT_ACTIONS[action]}</button>
      </p>
    </Dialog>
  )
}
