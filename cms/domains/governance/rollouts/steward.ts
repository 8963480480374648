import type { PayloadRequest } from 'payload'
import { keyOf, personOf, sitesWith } from '../../../access/granted-sites.ts'
import { auditRefusal } from '../../../audit/record.ts'
import { refuse } from '../../people/answer.ts'

/** The province's template steward: the duty, on the whole cluster. Programs with a key never switch releases. */
export async function isSteward(req: PayloadRequest): Promise<boolean> {
  return personOf(req) !== null && !keyOf(req) && await sitesWith(req, ['template-steward']) === 'all'
}

/** @throws Refused 401 for strangers, 403 with an audit row for everybody who is not the province's steward */
export async function requireSteward(req: PayloadRequest): Promise<void> {
  if (await isSteward(req)) return
  if (!personOf(req)) refuse(401, 'sign-in-required', '请先登录。')
  await auditRefusal(req, { deed: 'roll-out', reason: 'not-a-steward' })
  refuse(403, 'not-a-steward', '模板的推行由省级模板管理员办理，您的账号没有这项职责。请联系省级编办。')
}
