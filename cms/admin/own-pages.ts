import { type Duty, READING_DUTIES } from '@cluster/shared/governance/duties'

/** Pages of the admin that are no collection: for whom, and under which name they stand in the menu. */
export const OWN_PAGES: ReadonlyArray<{ href: string; label: string; duties: readonly Duty[] | 'everybody' }> = [
  { href: '/admin/content-pool', label: '内容共享', duties: READING_DUTIES },
  { href: '/admin/layout', label: '首页布置', duties: READING_DUTIES },
  { href: '/admin/dashboard', label: '总览', duties: ['province-admin', 'template-steward', 'site-admin', 'inspector'] },
  { href: '/admin/rollouts', label: '模板推行', duties: ['template-steward'] },
  { href: '/admin/site-changes', label: '站点开设与撤并', duties: ['province-admin'] },
  { href: '/admin/security', label: '账号安全', duties: ['security-admin'] },
  { href: '/admin/audit', label: '审计', duties: ['audit-admin'] },
  { href: '/admin/operations', label: '运行状况', duties: ['province-admin'] },
  { href: '/admin/account', label: '我的账号', duties: 'everybody' },
]
