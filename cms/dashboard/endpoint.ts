import type { Endpoint } from 'payload'
import { auditRefusal } from '../audit/record.ts'
import { personOf, sitesWith } from '../access/granted-sites.ts'
import { answering, refuse } from '../domains/people/answer.ts'
import { DASHBOARD_DUTIES, loadDashboard } from './load-dashboard.ts'

/** `GET /api/dashboard` → how the sites of the person's grants stand. */
export const dashboardEndpoint: Endpoint = {
  path: '/dashboard', method: 'get',
  handler: answering(async (req) => {
    if (!personOf(req)) refuse(401, 'sign-in-required', '请先登录。')
    const sites = await sitesWith(req, DASHBOARD_DUTIES)
    if (sites !== 'all' && sites.length === 0) {
      await auditRefusal(req, { deed: 'read-dashboard', reason: 'duty-missing' })
      refuse(403, 'duty-missing', '总览只对站点管理员、省级管理员、模板管理员和检查员开放。')
    }
    return Response.json(await loadDashboard(req, new Date()))
  }),
}
