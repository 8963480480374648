'use client'

import { useId, useState } from 'react'
import { nextStep, type Step } from '@cluster/shared/governance/site-lifecycle/steps'
import type { ChangePage } from '../../domains/governance/site-lifecycle/describe.ts'
import { Field } from '../account/parts.tsx'
import { Dialog } from '../dialog.tsx'
import type { Act } from './change-board.tsx'

/** The step that can be taken now with what it asks for, and the way back. What stands against it is said first. */
export function NextStep({ page, act }: { page: ChangePage; act: Act }) {
  const { change: { kind, state, done }, againstNext, againstUndo } = page
  const [asked, setAsked] = useState<'take' | 'undo' | 'cancel' | null>(null)
  const [into, setInto] = useState<Record<string, string>>({})
  const [people, setPeople] = useState<number[]>(() => page.counts?.people.map(({ id }) => id) ?? [])
  if (state === 'done' || state === 'cancelled') return <p>这件事已经结束，没有要办的事。</p>
  const step = state === 'active' ? nextStep(kind, done) : null
  const last = state === 'moving' ? page.steps[done] : state === 'active' ? page.steps[done - 1] : undefined
  const isBlocked = againstNext.some(({ severity }) => severity === 'error')
  const more = step?.name === 'columns' ? { columns: Object.entries(into).map(([key, value]) => ({ key, into: value })) } : step?.name === 'people' ? { people } : {}
  return (
    <>
      {state === 'active' && againstNext.length > 0 ? (
        <ul className="cluster-findings">{againstNext.map(({ code, message, severity }) => (
          <li key={`${code}${message}`}>{severity === 'error' ? <strong className="cluster-bad">须解决：</strong> : '注意：'}{message}</li>))}</ul>
      ) : null}
      {step?.name === 'columns' ? <Columns page={page} into={into} choose={(key, value) => setInto({ ...into, [key]: value })} /> : null}
      {step?.name === 'people' ? <People page={page} chosen={people} choose={setPeople} /> : null}
      <div className="cluster-row">
        {step ? <button type="button" className="cluster-button cluster-button--main" disabled={isBlocked} onClick={() => setAsked('take')}>第 {done + 1} 步：{step.title}</button> : null}
        {last ? <button type="button" className="cluster-button" disabled={againstUndo.length > 0} onClick={() => setAsked('undo')}>{state === 'moving' ? '停下并搬回' : `撤回“${last.title}”`}</button> : null}
        {done === 0 && state === 'active' ? <button type="button" className="cluster-button" onClick={() => setAsked('cancel')}>取消办理</button> : null}
      </div>
      {againstUndo.length > 0 ? <ul className="cluster-findings">{againstUndo.map(({ code, message }) => <li key={code}>现在不能撤回：{message}</li>)}</ul> : null}
      {asked === 'take' && step ? <Confirm step={step} siteName={page.siteName} onClose={() => setAsked(null)} onConfirm={(confirm) => act('take', { ...more, ...(confirm ? { confirm } : {}) })} /> : null}
      {asked === 'undo' && last ? <Confirm title={`撤回“${last.title}”？`} sentence={last.undoes ?? ''} onClose={() => setAsked(null)} onConfirm={() => act('undo')} /> : null}
      {asked === 'cancel' ? <Confirm title="取消办理？" sentence="还没有办过任何一步，站点没有变化。以后可以重新开始。" onClose={() => setAsked(null)} onConfirm={() => act('cancel')} /> : null}
    </>
  )
}

function Confirm({ step, siteName, title = `${step?.title ?? ''}？`, sentence = step?.does ?? '', onClose, onConfirm }: {
  step?: Step; siteName?: string; title?: string; sentence?: string; onClose: () => void; onConfirm: (confirm: string) => Promise<boolean>
}) {
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const isLast = step?.undoes === null
  const confirm = async () => {
    setBusy(true)
    await onConfirm(typed)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{sentence}</p>
      {isLast ? <Field label={`请照样输入站点名称“${siteName}”`} name="confirm" value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} /> : null}
      <p className="cluster-dialog__actions">
        <button type="button" className="cluster-button" onClick={onClose}>不办了</button>
        <button type="button" className="cluster-button cluster-button--main" disabled={isBusy || (isLast && typed.trim() !== siteName)} onClick={() => void confirm()}>确定</button>
      </p>
    </Dialog>
  )
}

function Columns({ page: { columns, targetName }, into, choose }: { page: ChangePage; into: Record<string, string>; choose: (key: string, value: string) => void }) {
  const id = useId()
  if (columns.length === 0) return <p>所有栏目在{targetName}都有对应的栏目，不用选择。</p>
  return columns.map(({ key, name, fitting, mayBeMade }) => (
    <p key={key} className="cluster-field">
      <label htmlFor={`${id}${key}`}>自设栏目“{name}”的稿件归入</label>
      <select id={`${id}${key}`} className="cluster-input" value={into[key] ?? ''} onChange={(event) => choose(key, event.target.value)}>
        <option value="" disabled>请选择</option>
        {mayBeMade ? <option value="new">在{targetName}新建“{name}”</option> : null}
        {fitting.map((each) => <option key={each.key} value={each.key}>{each.name}</option>)}
      </select>
    </p>))
}

function People({ page: { counts, targetName }, chosen, choose }: { page: ChangePage; chosen: number[]; choose: (people: number[]) => void }) {
  if (!counts || counts.people.length === 0) return <p>站点没有人员，直接办下一步。</p>
  return (
    <fieldset>
      <legend>谁到{targetName}继续工作（不选的保留账号，在原站点的职责不再有事可办）</legend>
      {counts.people.map(({ id, name, unit }) => (
        <p key={id}><label><input type="checkbox" checked={chosen.includes(id)} onChange={(event) => choose(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))} /> {name}（{unit}）</label></p>))}
    </fieldset>
  )
}
