import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter } from '@payloadcms/ui'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { z } from 'zod'
import { query, sql } from '../../database/query.ts'
import { sitesWith } from '../../access/granted-sites.ts'
import { readKeys } from '../../domains/people/api-keys/store.ts'
import { readSettings } from '../../domains/people/security/settings.ts'
import { readSignIns } from '../../domains/people/sign-in/history.ts'
import { KeyTable } from '../account/key-table.tsx'
import { SignInTable } from '../account/sign-in-table.tsx'
import { SettingsForm } from './settings-form.tsx'

const PER_PAGE = 50
const filterSchema = z.object({
  result: z.enum(['refused', 'succeeded']).optional().catch(undefined), email: z.string().trim().max(254).optional().catch(undefined), before: z.coerce.number().int().positive().optional().catch(undefined),
})

/** The security administrator's page: what holds for all accounts, who signed in, which programs have keys. */
export async function SecurityView({ initPageResult: { req, locale, permissions, visibleEntities }, params, searchParams }: AdminViewServerProps) {
  const reach = await sitesWith(req, ['security-admin'])
  if (reach !== 'all' && reach.length === 0) redirect('/admin')
  const filter = filterSchema.parse(searchParams ?? {})
  const wanted = filter.email ? `%${filter.email.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null
  const people = await query<{ id: number }>(req, sql`
    select id from users where (${wanted}::text is null or email like ${wanted} or name like ${wanted})
      and (${reach === 'all'} or site_id in (select jsonb_array_elements_text(${JSON.stringify(reach === 'all' ? [] : reach)}::jsonb)::int))`)
  const [settings, signIns, keys, siteNames] = await Promise.all([
    readSettings(req.payload),
    readSignIns(req, {
      personIds: reach === 'all' && wanted === null ? 'all' : people.map(({ id }) => id), isRefused: filter.result && filter.result === 'refused', before: filter.before, limit: PER_PAGE }),
    readKeys(req, { reach }),
    query<{ id: number; name: string }>(req, sql`select id, name from sites`).then((rows) => new Map(rows.map(({ id, name }) => [id, name])))])
  const last = signIns.length === PER_PAGE ? signIns.at(-1)?.id : undefined
  const older = new URLSearchParams({ ...(filter.result ? { result: filter.result } : {}), ...(filter.email ? { email: filter.email } : {}), before: String(last) })
  return (
    <DefaultTemplate
      i18n={req.i18n} payload={req.payload} permissions={permissions} visibleEntities={visibleEntities} viewType="dashboard" req={req}
      {...(locale ? { locale } : {})} {...(params ? { params } : {})} {...(searchParams ? { searchParams } : {})} {...(req.user ? { user: req.user } : {})}
    >
      <Gutter className="cluster-account">
        <h1>账号安全</h1>
        <p className="cluster-hint">开通账号、授予职责、重设密码在“账号”里办理；某个账号的登录和动态验证码，打开那个账号就能看到。</p>
        <section aria-labelledby="cluster-settings">
          <h2 id="cluster-settings">全部站点的要求</h2>
          <SettingsForm {...settings} mayChange={reach === 'all'} />
        </section>
        <section aria-labelledby="cluster-sign-ins">
          <h2 id="cluster-sign-ins">登录记录</h2>
          <form className="cluster-row" method="get">
            <label>账号（邮箱或姓名） <input className="cluster-input" name="email" defaultValue={filter.email ?? ''} maxLength={254} /></label>
            <label>结果 <select className="cluster-input" name="result" defaultValue={filter.result ?? ''}><option value="">全部</option><option value="succeeded">成功</option><option value="refused">失败</option></select></label>
            <button className="cluster-button" type="submit">查询</button>
          </form>
          <SignInTable signIns={signIns} withNames />
          {last ? <p><a href={`/admin/security?${older.toString()}`}>更早的记录</a></p> : null}
        </section>
        <section aria-labelledby="cluster-all-keys">
          <h2 id="cluster-all-keys">接口密钥</h2>
          <KeyTable keys={keys} siteNames={siteNames} withMakers revokePath={(id) => `/api/security/api-keys/${id}/revoke`} />
        </section>
      </Gutter>
    </DefaultTemplate>
  )
}
