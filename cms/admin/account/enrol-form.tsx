'use client'

import { type FormEvent, useState } from 'react'
import { call, type Refusal } from './call.ts'
import { CodeField, Field, Refusals } from './parts.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

type Begun = { secret: string; qr: { size: number; path: string } }

/**
 * Binds a telephone: a picture to photograph, a code to type, codes to keep. `askPassword` where the person signed in a while ago.
 * `onDone` is called when the recovery codes were put away.
 */
export function EnrolForm({ askPassword, onDone }: { askPassword: boolean; onDone: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setBusy] = useState(false)
  const send = async <T,>(event: FormEvent<HTMLFormElement>, path: string, keep: (value: T) => void) => {
    event.preventDefault()
    setBusy(true)
    const answer = await call<T>('POST', path, Object.fromEntries(new FormData(event.currentTarget)))
    setBusy(false)
    if (!answer.ok) return setRefusals(answer.refusals)
    setRefusals([])
    keep(answer.value)
  }
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (!begun) {
    return (
      <form className="cluster-form" onSubmit={(event) => send<Begun>(event, '/api/account/second-factor', setBegun)}>
        <p>手机上需要一个验证器应用（如“微软验证器”、FreeOTP，或小程序“二次验证码”），不需要联网，也不收集手机号。</p>
        {askPassword ? <Field label="现在的密码" name="password" type="password" autoComplete="current-password" required /> : null}
        <Refusals refusals={refusals} />
        <p><button type="submit" className="cluster-button cluster-button--main" disabled={isBusy}>开始绑定</button></p>
      </form>
    )
  }
  const { qr, secret } = begun
  return (
    <form className="cluster-form" onSubmit={(event) => send<{ recoveryCodes: string[] }>(event, '/api/account/second-factor/confirm', ({ recoveryCodes }) => setCodes(recoveryCodes))}>
      <ol className="cluster-steps">
        <li>用验证器应用扫描这个二维码：
          <svg className="cluster-qr" viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`} role="img" aria-label="绑定动态验证码的二维码" shapeRendering="crispEdges">
            <rect x="-4" y="-4" width={qr.size + 8} height={qr.size + 8} fill="#fff" /><path d={qr.path} fill="#000" />
          </svg>
          <details><summary>不能扫描？手工输入密钥</summary><code className="cluster-secret">{secret.match(/.{1,4}/g)?.join(' ')}</code></details>
        </li>
        <li>输入应用里显示的 6 位数字：<CodeField autoFocus inputMode="numeric" /></li>
      </ol>
      <Refusals refusals={refusals} />
      <p><button type="submit" className="cluster-button cluster-button--main" disabled={isBusy}>{isBusy ? '正在核对…' : '完成绑定'}</button></p>
    </form>
  )
}
