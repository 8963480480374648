'use client'

import { type FormEvent, useState } from 'react'
import { DUTIES, type Duty } from '@cluster/shared/governance/duties'
import { IDLE_MINUTES_BOUNDS } from '@cluster/shared/people/session-life'
import { call, type Refusal } from '../account/call.ts'
import { Field, Refusals } from '../account/parts.tsx'

/** Time-out, and whose sign-in needs a second factor. */
export function SettingsForm({ idleMinutes, secondFactorDuties, mayChange }: { idleMinutes: number; secondFactorDuties: readonly Duty[]; mayChange: boolean }) {
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isSaved, setSaved] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const answer = await call('POST', '/api/security/settings', { idleMinutes: Number(form.get('idleMinutes')), secondFactorDuties: form.getAll('duty') })
    setSaved(answer.ok)
    setRefusals(answer.ok ? [] : answer.refusals)
  }
  return (
    <form className="cluster-form" onSubmit={submit} onChange={() => setSaved(false)}>
      <fieldset className="cluster-plain" disabled={!mayChange}>
        <Field label="多少分钟不操作就自动退出" name="idleMinutes" type="number" {...IDLE_MINUTES_BOUNDS} defaultValue={idleMinutes} required hint={`${IDLE_MINUTES_BOUNDS.min} 到 ${IDLE_MINUTES_BOUNDS.max} 分钟。不论怎样，12 小时后都要重新登录。`} />
        <fieldset className="cluster-checks">
          <legend>哪些职责登录时必须用动态验证码</legend>
          {Object.entries(DUTIES).map(([duty, label]) => <label key={duty}><input type="checkbox" name="duty" value={duty} defaultChecked={secondFactorDuties.includes(duty as Duty)} /> {label}</label>)}
        </fieldset>
        <p className="cluster-hint">勾选后，还没有绑定的人下次操作时就要先绑定，绑定前不能办理业务。</p>
      </fieldset>
      <Refusals refusals={refusals} />
      {isSaved ? <p role="status">已保存，马上生效。</p> : null}
      {mayChange ? <p><button type="submit" className="cluster-button cluster-button--main">保存</button></p> : <p className="cluster-hint">只有省级的安全管理员可以修改。</p>}
    </form>
  )
}
