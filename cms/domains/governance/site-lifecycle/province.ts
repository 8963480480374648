import type { PayloadRequest } from 'payload'
import { keyOf, personOf, sitesWith } from '../../../access/granted-sites.ts'
import { auditRefusal } from '../../../audit/record.ts'
import { refuse } from '../../people/answer.ts'

/** The province's administrator of the whole cluster. Programs with a key neither open nor close sites. */
export async function isProvince(req: PayloadRequest): Promise<boolean> {
  return personOf(req) !== null && !keyOf(req) && await sitesWith(req, ['province-admin']) === 'all'
}

/** @throws Refused 401 for strangers, 403 with an audit row for everybody who is not the province's administrator */
export async function requireProvince(req: PayloadRequest): Promise<void> {
  if (await isProvince(req)) return
  if (!personOf(req)) refuse(401, 'sign-in-required', '请先登录。')
  await auditRefusal(req, { deed: 'change-site', reason: 'not-the-province' })
  refuse(403, 'not-the-province', '站点的开设、合并和关闭由省级管理员办理，您的账号没有这项职责。请联系省级编办。')
}
