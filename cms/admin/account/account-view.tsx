import { Gutter } from '@payloadcms/ui'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { DUTIES, type Duty, READING_DUTIES } from '@cluster/shared/governance/duties'
import { dayOf, grantsOf, personOf, sitesWith, today } from '../../access/granted-sites.ts'
import { query, sql } from '../../database/query.ts'
import { isFactorRequired } from '../../domains/people/account/require.ts'
import { readKeys } from '../../domains/people/api-keys/store.ts'
import { countRecoveryCodes, hasSecondFactor } from '../../domains/people/second-factor/store.ts'
import { listSessions } from '../../domains/people/sessions/list-sessions.ts'
import { readSignIns } from '../../domains/people/sign-in/history.ts'
import { DeedButton } from './deed-button.tsx'
import { KeyForm, type KeyChoices } from './key-form.tsx'
import { KeyTable } from './key-table.tsx'
import { OwnPassword } from './own-password.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionTable } from './session-table.tsx'
import { SignInTable } from './sign-in-table.tsx'

const SIGN_INS_SHOWN = 20
/** Choosing among more would need a search; people with more sites make keys for the first of them. */
const SITES_OFFERED = 120

/** One's own account: who I am, and everything by which it is kept safe. */
export async function AccountView({ initPageResult: { req } }: AdminViewServerProps) {
  const person = personOf(req)
  if (!person) redirect('/admin/login')
  const [isEnrolled, recoveryCodesLeft, isRequired, sessions, signIns, keys, choices, siteNames] = await Promise.all([
    hasSecondFactor(req, person.id), countRecoveryCodes(req, person.id), isFactorRequired(req, person), listSessions(req, person.id, person.signIn?.sid),
    readSignIns(req, { personIds: [person.id], limit: SIGN_INS_SHOWN }), readKeys(req, { personId: person.id }), keyChoices(req), namesOfSites(req)])
  return (
    <Gutter className="cluster-account">
      <h1>我的账号</h1>
      <section aria-labelledby="cluster-who">
        <h2 id="cluster-who">{person.name}</h2>
        <dl className="cluster-facts">
          <div><dt>处室</dt><dd>{person.unit}</dd></div>
          <div><dt>登录邮箱</dt><dd>{person.email}</dd></div>
          <div><dt>职责</dt><dd>{(person.grants ?? []).map(({ id, duty, site, includeSubtree, from, until }) => (
            <span key={id} className="cluster-grant">{DUTIES[duty as Duty]}（{siteNames.get(typeof site === 'object' ? site.id : site)}{includeSubtree ? '及下级' : ''}{from || until ? `，${dayOf(from) ?? ''} 至 ${dayOf(until) ?? '长期'}` : ''}）</span>))}</dd></div>
        </dl>
        <p className="cluster-hint">姓名和处室随稿件公开，有误请联系本单位的安全管理员更正。</p>
      </section>
      <section aria-labelledby="cluster-password"><h2 id="cluster-password">密码</h2><OwnPassword email={person.email} /></section>
      <section aria-labelledby="cluster-factor"><h2 id="cluster-factor">动态验证码</h2><SecondFactorPanel isEnrolled={isEnrolled} isRequired={isRequired} recoveryCodesLeft={recoveryCodesLeft} /></section>
      <section aria-labelledby="cluster-sessions">
        <h2 id="cluster-sessions">正在登录的设备</h2>
        <SessionTable sessions={sessions} endPath={(id) => `/api/account/sessions/${id}/end`} />
        {sessions.length > 1 ? <DeedButton path="/api/account/sessions/others/end" label="结束其他全部" question="其他设备要重新登录，确定吗？" /> : null}
      </section>
      <section aria-labelledby="cluster-history">
        <h2 id="cluster-history">最近的登录</h2>
        <p className="cluster-hint">如果有不是您本人的登录，请马上修改密码，并告诉安全管理员。</p>
        <SignInTable signIns={signIns} />
      </section>
      {choices.length > 0 || keys.length > 0 ? (
        <section aria-labelledby="cluster-keys">
          <h2 id="cluster-keys">接口密钥</h2>
          <p className="cluster-hint">给其他系统的程序使用，只能做这里写明的事，而且不会超过您自己的职责。</p>
          <KeyTable keys={keys} siteNames={siteNames} revokePath={(id) => `/api/account/api-keys/${id}/revoke`} />
          <KeyForm sites={choices} />
        </section>
      ) : null}
    </Gutter>
  )
}

async function namesOfSites(req: PayloadRequest): Promise<Map<number, string>> {
  const rows = await query<{ id: number; name: string }>(req, sql`select id, name from sites`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The sites that a key of this person could be for, with their columns. */
async function keyChoices(req: PayloadRequest): Promise<KeyChoices['sites']> {
  const grants = (await grantsOf(req)).filter(({ from, until }) => (!from || from <= today()) && (!until || today() <= until))
  if (!grants.some(({ duty }) => READING_DUTIES.includes(duty))) return []
  const [readable, writable] = [await sitesWith(req, READING_DUTIES), await sitesWith(req, ['editor'])]
  const rows = await query<{ id: number; name: string; columns: Array<{ id: number; name: string }> }>(req, sql`
    select sites.id, sites.name, coalesce(json_agg(json_build_object('id', columns.id, 'name', columns.name) order by columns.id) filter (where columns.id is not null), '[]') as columns
    from sites left join columns on columns.site_id = sites.id
    where ${readable === 'all'} or sites.id in (select jsonb_array_elements_text(${JSON.stringify(readable === 'all' ? [] : readable)}::jsonb)::int)
    group by sites.id order by sites.path limit ${SITES_OFFERED}`)
  return rows.map((row) => ({ ...row, mayWrite: writable === 'all' || writable.includes(row.id) }))
}
