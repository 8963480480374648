'use client'

import { type FormEvent, useState } from 'react'
import { KEY_OPERATIONS, MAX_KEY_DAYS } from '@cluster/shared/people/api-key-scope'
import { call, type Refusal } from './call.ts'
import { Field, Refusals } from './parts.tsx'

export type KeyChoices = { sites: Array<{ id: number; name: string; mayWrite: boolean; columns: Array<{ id: number; name: string }> }> }

/** Makes a key for a program, for one site at a time. */
export function KeyForm({ sites }: KeyChoices) {
  const [isOpen, setOpen] = useState(false)
  const [siteId, setSiteId] = useState(sites[0]?.id)
  const [mayWrite, setMayWrite] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const site = sites.find(({ id }) => id === siteId)
  if (sites.length === 0) return null
  if (key) {
    return (
      <div className="cluster-note" role="status">
        <p>密钥已生成，<strong>只显示这一次</strong>，请马上复制到要用它的程序里：</p>
        <p><code className="cluster-secret">{key}</code></p>
        <p className="cluster-hint">程序访问时带上请求头 Authorization: Bearer 加空格加密钥。</p>
        <p><button type="button" className="cluster-button" onClick={() => window.location.reload()}>我已复制</button></p>
      </div>
    )
  }
  if (!isOpen) return <p><button type="button" className="cluster-button" onClick={() => setOpen(true)}>新建接口密钥</button></p>
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const answer = await call<{ key: string }>('POST', '/api/account/api-keys', {
      name: form.get('name'), days: Number(form.get('days')), password: form.get('password'), siteIds: [siteId],
      operations: ['read', ...(mayWrite ? ['write-drafts'] : [])], columnIds: mayWrite ? form.getAll('column').map(Number) : [],
    })
    if (answer.ok) setKey(answer.value.key)
    else setRefusals(answer.refusals)
  }
  return (
    <form className="cluster-form" onSubmit={submit}>
      <Field label="用途" name="name" required minLength={2} maxLength={60} placeholder="例如：市政务数据平台对接" />
      <p className="cluster-field">
        <label htmlFor="cluster-key-site">站点</label>
        <select id="cluster-key-site" value={siteId} onChange={(event) => setSiteId(Number(event.target.value))}>{sites.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
      </p>
      <fieldset className="cluster-checks">
        <legend>可以做什么</legend>
        <label><input type="checkbox" checked readOnly disabled /> {KEY_OPERATIONS.read}</label>
        <label><input type="checkbox" checked={mayWrite} disabled={!site?.mayWrite} onChange={(event) => setMayWrite(event.target.checked)} /> {KEY_OPERATIONS['write-drafts']}{site?.mayWrite ? '' : '（您没有这个站点的编辑职责）'}</label>
      </fieldset>
      {mayWrite ? (
        <fieldset className="cluster-checks">
          <legend>可以写的栏目</legend>
          {site?.columns.map(({ id, name }) => <label key={id}><input type="checkbox" name="column" value={id} /> {name}</label>)}
        </fieldset>
      ) : null}
      <Field label="有效天数" name="days" type="number" min={1} max={MAX_KEY_DAYS} defaultValue={90} required hint={`最长 ${MAX_KEY_DAYS} 天，到期自动失效。`} />
      <Field label="现在的密码" name="password" type="password" autoComplete="current-password" required />
      <Refusals refusals={refusals} />
      <p className="cluster-row"><button type="submit" className="cluster-button cluster-button--main">生成</button><button type="button" className="cluster-button" onClick={() => setOpen(false)}>取消</button></p>
    </form>
  )
}
