import type { UIFieldServerProps } from 'payload'
import { keyOf, personOf, sitesWith } from '../../access/granted-sites.ts'
import { countRecoveryCodes, hasSecondFactor } from '../../domains/people/second-factor/store.ts'
import { listSessions } from '../../domains/people/sessions/list-sessions.ts'
import { mayTakeOver } from '../../domains/people/users/may-take-over.ts'
import { DeedButton } from '../account/deed-button.tsx'
import { minuteOf } from '../dates.ts'
import { ResetFactor } from './reset-factor.tsx'

/** On an account's page, for its security administrator: where it is signed in, and its second factor. */
export async function AccountSafety({ id, data, req }: UIFieldServerProps) {
  const person = personOf(req)
  const account = Number(id)
  if (!person || keyOf(req) || !Number.isInteger(account) || account < 1) return null
  const reach = await sitesWith(req, ['security-admin'])
  const site: unknown = data?.site
  if (reach !== 'all' && !reach.includes(Number(typeof site === 'object' && site !== null && 'id' in site ? site.id : site))) return null
  const [sessions, isEnrolled, codes, isTheirs] = await Promise.all([listSessions(req, account), hasSecondFactor(req, account), countRecoveryCodes(req, account), mayTakeOver(req, data ?? {})])
  return (
    <section className="cluster-panel" aria-labelledby="cluster-safety">
      <h3 id="cluster-safety">账号安全</h3>
      <p>{sessions.length === 0 ? '现在没有登录。' : `现在有 ${sessions.length} 处登录，最近使用 ${minuteOf(sessions[0]!.lastSeenAt)}。`}</p>
      {sessions.length > 0 ? <DeedButton path={`/api/security/accounts/${account}/end-sessions`} label="结束全部登录" question="本人要重新登录，没有保存的内容会丢失。确定吗？" /> : null}
      <p>{isEnrolled ? `已绑定动态验证码，恢复码还有 ${codes} 个。` : '没有绑定动态验证码。'}</p>
      {isEnrolled && isTheirs && account !== person.id ? <ResetFactor path={`/api/security/accounts/${account}/reset-second-factor`} /> : null}
      <p><a href={`/admin/security?email=${encodeURIComponent(String(data?.email ?? ''))}`}>查看登录记录</a></p>
    </section>
  )
}
