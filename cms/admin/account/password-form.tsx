'use client'

import { type FormEvent, useState } from 'react'
import { call, type Refusal } from './call.ts'
import { Field, Refusals } from './parts.tsx'

/** Changes one's own password. `onChanged` is called when it is done. */
export function PasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [current, password, again] = ['current', 'password', 'again'].map((name) => String(form.get(name) ?? ''))
    if (password !== again) return setRefusals([{ code: 'different', message: '两次输入的新密码不一样，请重新输入。' }])
    setBusy(true)
    const answer = await call('POST', '/api/account/password', { current, password })
    setBusy(false)
    if (!answer.ok) return setRefusals(answer.refusals)
    setRefusals([])
    onChanged()
  }
  return (
    <form className="cluster-form" onSubmit={submit}>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label="现在的密码" name="current" type="password" autoComplete="current-password" required />
      <Field label="新密码" name="password" type="password" autoComplete="new-password" required hint="至少 12 位，大写字母、小写字母、数字、符号中至少三种；不要用姓名、单位、生日、手机号和常见的词。" />
      <Field label="再输一次新密码" name="again" type="password" autoComplete="new-password" required />
      <Refusals refusals={refusals} />
      <p><button type="submit" className="cluster-button cluster-button--main" disabled={isBusy}>{isBusy ? '正在修改…' : '修改密码'}</button></p>
    </form>
  )
}
