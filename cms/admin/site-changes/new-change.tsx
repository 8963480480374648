'use client'

import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { CHANGE_KINDS, type ChangeKind } from '@cluster/shared/governance/site-lifecycle/steps'
import type { ChangeList } from '../../domains/governance/site-lifecycle/describe.ts'
import { call, type Refusal } from '../account/call.ts'
import { Field, Refusals } from '../account/parts.tsx'

type Choices = Pick<ChangeList, 'sites' | 'releases' | 'regions'>
type Values = Record<string, string>

/** Begins a procedure; nothing changes before its first step. */
export function NewChange(choices: Choices) {
  const [kind, setKind] = useState<ChangeKind>('open')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setBusy] = useState(false)
  const begin = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    const values = Object.fromEntries([...new FormData(event.currentTarget)].map(([key, value]) => [key, String(value).trim()]))
    const answer = await call<{ id: number }>('POST', '/api/site-changes', bodyOf(kind, values))
    if (answer.ok) window.location.assign(`/admin/site-changes/${answer.value.id}`)
    else {
      setRefusals(answer.refusals)
      setBusy(false)
    }
  }
  return (
    <form className="cluster-form" onSubmit={(event) => void begin(event)}>
      <fieldset className="cluster-row">
        <legend className="cluster-hint">办什么</legend>
        {(Object.keys(CHANGE_KINDS) as ChangeKind[]).map((each) => (
          <label key={each}><input type="radio" name="kind" checked={kind === each} onChange={() => { setKind(each); setRefusals([]) }} /> {CHANGE_KINDS[each]}</label>))}
      </fieldset>
      {kind === 'open' ? <Opening {...choices} /> : kind === 'merge' ? <Merger sites={choices.sites} /> : <Closing sites={choices.sites} />}
      <Refusals refusals={refusals} />
      <p><button type="submit" className="cluster-button cluster-button--main" disabled={isBusy}>列出清单</button> <span className="cluster-hint">先看清单，第一步办理之前站点不会有任何变化。</span></p>
    </form>
  )
}

function bodyOf(kind: ChangeKind, values: Values): Record<string, unknown> {
  if (kind === 'merge') return { kind, site: values.site, target: values.target }
  if (kind === 'close') return { kind, site: values.site, office: values.office, until: values.until }
  const { division, divisionCode, slug, parent, region, release, address, phone, email, adminName, adminUnit, adminEmail } = values
  return { kind, opening: {
    division, divisionCode, slug, parent, region: region || null, release,
    contact: { ...(address ? { address } : {}), ...(phone ? { phone } : {}), ...(email ? { email } : {}) },
    administrator: { name: adminName, unit: adminUnit, email: adminEmail } } }
}

function Opening({ sites, releases, regions }: Choices) {
  const [parent, setParent] = useState(sites.find(({ level }) => level === 'city')?.slug ?? sites[0]?.slug ?? '')
  const above = sites.find(({ slug }) => slug === parent)
  return (
    <>
      <Choice label="上级站点" name="parent" value={parent} onChange={setParent}>
        {sites.filter(({ level, isOpen }) => isOpen && level !== 'county').map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}
      </Choice>
      <Field label="行政区划（全称）" name="division" required maxLength={20} hint="如 昆山市、玄武区" />
      <Field label="区划代码" name="divisionCode" required inputMode="numeric" pattern="\d{6}" hint="六位数字，按国家标准" />
      <Field label="网址标识" name="slug" required pattern="[a-z][a-z\-]+" hint={above?.level === 'city' ? `小写全拼，以“${above.slug}-”开头，如 ${above.slug}-kunshan` : '小写全拼，如 suzhou'} />
      {above?.level === 'province' ? (
        <Choice label="区域" name="region">{regions.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}</Choice>) : null}
      <Choice key={parent} label="模板" name="release" initial={above?.release}>{releases.map(({ id, name }) => <option key={id} value={id}>{name}（{id}）</option>)}</Choice>
      <Field label="办公地址" name="address" maxLength={120} />
      <Field label="联系电话" name="phone" maxLength={40} />
      <Field label="电子邮箱" name="email" type="email" maxLength={120} />
      <Field label="首位站点管理员姓名" name="adminName" required maxLength={20} />
      <Field label="首位站点管理员处室" name="adminUnit" required maxLength={40} />
      <Field label="首位站点管理员邮箱" name="adminEmail" type="email" required maxLength={120} hint="账号由安全管理员按此开设，并授予“站点管理员”。" />
    </>
  )
}

const Ending = ({ sites, label }: Pick<Choices, 'sites'> & { label: string }) => (
  <Choice label={label} name="site">{sites.filter(({ isOpen, level }) => isOpen && level !== 'province').map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}</Choice>)

function Merger({ sites }: Pick<Choices, 'sites'>) {
  return (
    <>
      <Ending sites={sites} label="被合并的站点" />
      <Choice label="接收站点（同级）" name="target">{sites.filter(({ isOpen, level }) => isOpen && level !== 'province').map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}</Choice>
    </>
  )
}

function Closing({ sites }: Pick<Choices, 'sites'>) {
  return (
    <>
      <Ending sites={sites} label="要关闭的站点" />
      <Field label="由谁接续" name="office" required maxLength={60} hint="写在公告里，如 中共苏州市委机构编制委员会办公室" />
      <Field label="开放到哪一天" name="until" type="date" required hint="公告挂到这一天；到期后办最后一步，网址才转到上级网站。" />
    </>
  )
}

function Choice({ label, name, value, initial, onChange, children }: {
  label: string; name: string; value?: string; initial?: string | undefined; onChange?: (value: string) => void; children: ReactNode
}) {
  const id = useId()
  const state = value === undefined ? { defaultValue: initial } : { value }
  return (
    <p className="cluster-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className="cluster-input" required {...state} onChange={(event) => onChange?.(event.target.value)}>{children}</select>
    </p>
  )
}
