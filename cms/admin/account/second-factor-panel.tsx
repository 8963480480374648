'use client'

import { type FormEvent, useState } from 'react'
import { call, type Refusal } from './call.ts'
import { EnrolForm } from './enrol-form.tsx'
import { CodeField, Field, Refusals } from './parts.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

type Facts = { isEnrolled: boolean; isRequired: boolean; recoveryCodesLeft: number }
const reload = () => window.location.reload()

/** One's own second factor: bind, make new recovery codes, take away. */
export function SecondFactorPanel({ isEnrolled, isRequired, recoveryCodesLeft }: Facts) {
  const [open, setOpen] = useState<'enrol' | 'renew' | 'remove' | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes) return <RecoveryCodes codes={codes} onDone={reload} />
  if (!isEnrolled) {
    return open === 'enrol' ? <EnrolForm askPassword onDone={reload} /> : (
      <>
        <p>还没有绑定。绑定以后，登录时除了密码，还要输入手机上的 6 位动态验证码；别人就算知道您的密码也登录不了。{isRequired ? '您的职责要求绑定。' : ''}</p>
        <p><button type="button" className="cluster-button cluster-button--main" onClick={() => setOpen('enrol')}>绑定手机</button></p>
      </>
    )
  }
  return (
    <>
      <p>已绑定，还有 <strong>{recoveryCodesLeft}</strong> 个恢复码没有用过。{recoveryCodesLeft < 3 ? '恢复码快用完了，请生成新的。' : ''}</p>
      <p className="cluster-row">
        <button type="button" className="cluster-button" aria-expanded={open === 'renew'} onClick={() => setOpen('renew')}>生成新的恢复码</button>
        <button type="button" className="cluster-button" aria-expanded={open === 'remove'} onClick={() => setOpen('remove')}>更换手机（解除绑定）</button>
      </p>
      {open === 'renew' ? <CodeForm path="/api/account/second-factor/recovery-codes" button="生成" note="旧的恢复码随即作废。" onDone={({ recoveryCodes }) => setCodes(recoveryCodes ?? [])} /> : null}
      {open === 'remove' ? <CodeForm path="/api/account/second-factor/remove" button="解除绑定" withPassword note={isRequired ? '您的职责要求动态验证码，解除后须马上重新绑定。其他设备上的登录会结束。' : '其他设备上的登录会结束。'} onDone={reload} /> : null}
    </>
  )
}

function CodeForm({ path, button, note, withPassword = false, onDone }: {
  path: string; button: string; note: string; withPassword?: boolean; onDone: (value: { recoveryCodes?: string[] }) => void
}) {
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const answer = await call<{ recoveryCodes?: string[] }>('POST', path, Object.fromEntries(new FormData(event.currentTarget)))
    if (answer.ok) onDone(answer.value)
    else setRefusals(answer.refusals)
  }
  return (
    <form className="cluster-form" onSubmit={submit}>
      <p className="cluster-hint">{note}</p>
      {withPassword ? <Field label="现在的密码" name="password" type="password" autoComplete="current-password" required /> : null}
      <CodeField hint="手机上现在显示的 6 位数字，或一个恢复码。" />
      <Refusals refusals={refusals} />
      <p><button type="submit" className="cluster-button cluster-button--main">{button}</button></p>
    </form>
  )
}
