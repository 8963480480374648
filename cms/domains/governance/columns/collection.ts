import type { CollectionConfig } from 'payload'
import { DOCUMENT_KINDS } from '@cluster/shared/publishing/kinds'
import { READING_DUTIES } from '@cluster/shared/governance/duties'
import { hiddenWithout } from '../../../access/hidden-without.ts'
import { onGrantedSite, withinGrantedSites } from '../../../access/within-granted-sites.ts'
import { siteField } from '../../../fields/site-field.ts'
import { announceColumns, announceRemovedColumn } from './hooks/announce-columns.ts'
import { keepWithinGrants } from '../../../access/keep-within-grants.ts'
import { refuseMandatedChange } from './hooks/refuse-mandated-change.ts'
import { refuseRemoval } from './hooks/refuse-removal.ts'

const KEEPERS = ['site-admin', 'province-admin'] as const

/** Columns of each site: the mandated ones of the provincial template, and local ones. */
export const columns: CollectionConfig = {
  slug: 'columns',
  labels: { singular: '栏目', plural: '栏目' },
  admin: { hidden: hiddenWithout([...KEEPERS, 'template-steward']), hideAPIURL: true, useAsTitle: 'name', defaultColumns: ['name', 'site', 'kind', 'isMandated'], group: '网站群', description: '必设栏目由省级模板规定；自设栏目由本站点管理员维护。' },
  defaultSort: 'order',
  indexes: [{ fields: ['site', 'key'], unique: true }],
  access: {
    read: withinGrantedSites([...READING_DUTIES, 'template-steward']),
    create: onGrantedSite(KEEPERS),
    update: withinGrantedSites(KEEPERS),
    delete: withinGrantedSites(KEEPERS),
  },
  hooks: {
    beforeValidate: [keepWithinGrants(KEEPERS)],
    beforeChange: [refuseMandatedChange],
    afterChange: [announceColumns],
    beforeDelete: [refuseRemoval],
    afterDelete: [announceRemovedColumn],
  },
  fields: [
    { name: 'name', label: '栏目名称', type: 'text', required: true, maxLength: 12 },
    { name: 'key', label: '网址标识', type: 'text', required: true, index: true,
      validate: (value: unknown) => /^[a-z][a-z0-9-]{1,40}$/.test(String(value ?? '')) || '网址标识用小写字母、数字和短横线，以字母开头。' },
    { name: 'kind', label: '内容类型', type: 'select', required: true, defaultValue: 'update',
      options: Object.entries(DOCUMENT_KINDS).map(([value, label]) => ({ value, label })) },
    { name: 'description', label: '说明', type: 'textarea', required: true, maxLength: 120 },
    { name: 'order', label: '排序', type: 'number', required: true, defaultValue: 100 },
    { name: 'isMandated', label: '必设栏目', type: 'checkbox', defaultValue: false, admin: { readOnly: true, position: 'sidebar' } },
    siteField,
  ],
}
