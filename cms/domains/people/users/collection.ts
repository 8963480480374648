import type { CollectionConfig } from 'payload'
import { DUTIES } from '@cluster/shared/governance/duties'
import { env } from '../../../env.ts'
import { SESSION_LIFE_SECONDS } from '@cluster/shared/people/session-life'
import { keyOf, personOf } from '../../../access/granted-sites.ts'
import { siteField } from '../../../fields/site-field.ts'
import { hiddenWithout } from '../../../access/hidden-without.ts'
import { keepWithinGrants } from '../../../access/keep-within-grants.ts'
import { refuseUnsuitablePassword } from '../passwords/refuse-unsuitable-password.ts'
import { clusterSessions } from '../sessions/strategy.ts'
import { LOCK_MINUTES, MAX_ATTEMPTS } from '../sign-in/attempts.ts'
import { refreshEndpoint, signInEndpoint, signOutEndpoint } from '../sign-in/endpoints.ts'
import { mayAdminister, maySeeAccount, mayUpdateAccount, onlyAdministrators } from './access.ts'
import { endOutdatedSessions } from './hooks/end-outdated-sessions.ts'
import { keepDutiesSeparate } from './hooks/keep-duties-separate.ts'
import { noteChangedPassword } from './hooks/note-changed-password.ts'
import { noteUnlock } from './hooks/note-unlock.ts'
import { tellDeadline } from './hooks/tell-deadline.ts'

/** Accounts. Names and units that the public sees come from here, never from a field of a document. */
export const users: CollectionConfig = {
  slug: 'users',
  labels: { singular: '账号', plural: '账号' },
  admin: { hidden: hiddenWithout(['security-admin', 'site-admin', 'province-admin', 'audit-admin']), hideAPIURL: true, useAsTitle: 'name', defaultColumns: ['name', 'unit', 'site', 'email'], group: '人员', description: '姓名和处室会随稿件实名公开，请如实填写。职责由安全管理员授予。' },
  auth: {
    tokenExpiration: SESSION_LIFE_SECONDS, maxLoginAttempts: MAX_ATTEMPTS, lockTime: LOCK_MINUTES * 60_000, strategies: [clusterSessions],
    cookies: { sameSite: 'Strict', secure: env().CMS_ORIGIN?.startsWith('https:') ?? false },
  },
  // In the place of Payload's own of the same addresses.
  endpoints: [signInEndpoint, signOutEndpoint, refreshEndpoint],
  access: {
    read: maySeeAccount,
    create: mayAdminister('create'),
    update: mayUpdateAccount,
    delete: () => false,
    admin: ({ req }) => personOf(req) !== null && !keyOf(req),
    unlock: mayAdminister('update'),
  },
  hooks: {
    beforeValidate: [keepWithinGrants(['security-admin'])],
    beforeChange: [keepDutiesSeparate, noteChangedPassword, refuseUnsuitablePassword],
    afterChange: [endOutdatedSessions],
    me: [tellDeadline],
    afterOperation: [noteUnlock],
  },
  fields: [
    { type: 'row', fields: [
      { name: 'name', label: '姓名', type: 'text', required: true, maxLength: 20, access: { update: onlyAdministrators } },
      { name: 'unit', label: '处室（科室）', type: 'text', required: true, maxLength: 40, access: { update: onlyAdministrators } },
    ] },
    {
      name: 'grants', label: '职责', labels: { singular: '职责', plural: '职责' }, type: 'array',
      access: { create: onlyAdministrators, update: onlyAdministrators },
      admin: { description: '在哪个站点、什么职责、从何时到何时。省级、安全、审计三类管理员互斥，不能由一人兼任。' },
      fields: [
        { type: 'row', fields: [
          { name: 'duty', label: '职责', type: 'select', required: true, options: Object.entries(DUTIES).map(([value, label]) => ({ value, label })) },
          { name: 'site', label: '站点', type: 'relationship', relationTo: 'sites', required: true },
          { name: 'includeSubtree', label: '含下级站点', type: 'checkbox', defaultValue: false },
        ] },
        { type: 'row', fields: [
          { name: 'from', label: '起始日期', type: 'date', admin: { date: { pickerAppearance: 'dayOnly', displayFormat: 'yyyy-MM-dd' } } },
          { name: 'until', label: '截止日期', type: 'date', admin: { date: { pickerAppearance: 'dayOnly', displayFormat: 'yyyy-MM-dd' } } },
        ] },
      ],
    },
    { name: 'safety', type: 'ui', label: '账号安全', admin: { position: 'sidebar', disableListColumn: true, components: { Field: '/admin/security/account-safety#AccountSafety' } } },
    { name: 'mustChangePassword', label: '首次登录须修改密码', type: 'checkbox', defaultValue: true, access: { create: onlyAdministrators, update: onlyAdministrators }, admin: { position: 'sidebar', description: '本人改过密码后自动取消。' } },
    siteField,
  ],
}
