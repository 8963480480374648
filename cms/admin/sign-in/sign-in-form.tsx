'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { call, type Refusal } from '../account/call.ts'
import { CodeField, Field, Refusals } from '../account/parts.tsx'

/** Address and password, then, where the account has one, the code from the telephone. The password stays in this page until both are sent. */
export function SignInForm({ target }: { target: string }) {
  const [known, setKnown] = useState<{ email: string; password: string } | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setBusy] = useState(false)
  // Typed before the page's script came, a password must not travel in an address.
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  const codeForm = useRef<HTMLFormElement>(null)
  const send = async (body: { email: string; password: string; code?: string }) => {
    setBusy(true)
    const answer = await call('POST', '/api/users/login', body)
    if (answer.ok) return window.location.assign(target)
    setBusy(false)
    if (answer.refusals.some(({ code }) => code === 'second-factor-required')) {
      setRefusals([])
      return setKnown(body)
    }
    setRefusals(answer.refusals)
    if (known) codeForm.current?.reset()
    // An account that is closed meanwhile, or a changed password: from the beginning.
    if (answer.refusals.some(({ code }) => code === 'sign-in-refused')) setKnown(null)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void send(known ? { ...known, code: String(form.get('code')) } : { email: String(form.get('email')), password: String(form.get('password')) })
  }
  if (known) {
    return (
      <form ref={codeForm} className="cluster-form login__form" method="post" onSubmit={submit}>
        <h1 className="cluster-sign-in-title">请输入动态验证码</h1>
        <p>打开手机上的验证器应用，输入“机构编制网站群”下面的 6 位数字。</p>
        <CodeField autoFocus hint="手机不在身边，可以输入一个恢复码。" />
        <Refusals refusals={refusals} />
        <p><button type="submit" className="cluster-button cluster-button--main cluster-button--wide" disabled={isBusy}>{isBusy ? '正在核对…' : '登录'}</button></p>
        <p><button type="button" className="cluster-link" onClick={() => { setKnown(null); setRefusals([]) }}>返回，换一个账号</button></p>
      </form>
    )
  }
  return (
    <form className="cluster-form login__form" method="post" onSubmit={submit}>
      <Field label="邮箱" name="email" type="email" autoComplete="username" required autoFocus />
      <Field label="密码" name="password" type="password" autoComplete="current-password" required />
      <Refusals refusals={refusals} />
      <p><button type="submit" className="cluster-button cluster-button--main cluster-button--wide" disabled={isBusy || !isReady}>{isBusy ? '正在登录…' : '登录'}</button></p>
    </form>
  )
}
