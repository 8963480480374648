import type { CollectionConfig } from 'payload'
import { REGION_NAMES, LEVEL_NAMES } from '@cluster/shared/governance/site-tree'
import { hiddenWithout } from '../../../access/hidden-without.ts'
import { nobody, signedIn, withinGrantedSites } from '../../../access/within-granted-sites.ts'
import { announceSite } from './hooks/announce-site.ts'
import { refuseProvincialChange } from './hooks/refuse-provincial-change.ts'

const options = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))
const provincial = { readOnly: true, description: '由省级统一管理。' }

/** The site tree: one portal of one office each. Its frame is the province's, its contact data the office's own. */
export const sites: CollectionConfig = {
  slug: 'sites',
  labels: { singular: '站点', plural: '站点' },
  admin: { hidden: hiddenWithout(['site-admin', 'province-admin', 'template-steward']), hideAPIURL: true, useAsTitle: 'name', defaultColumns: ['name', 'level', 'region', 'slug'], group: '网站群', description: '每个编办一个站点。名称、层级和模板由省级统一管理，联系方式由本单位维护。' },
  defaultSort: 'divisionCode',
  access: { read: signedIn, create: nobody, update: withinGrantedSites(['site-admin', 'province-admin'], 'id'), delete: nobody },
  hooks: { beforeChange: [refuseProvincialChange], afterChange: [announceSite] },
  fields: [
    { name: 'name', label: '站点名称', type: 'text', required: true, admin: provincial },
    { name: 'office', label: '单位全称', type: 'text', required: true, admin: provincial },
    { type: 'row', fields: [
      { name: 'slug', label: '网址标识', type: 'text', required: true, unique: true, index: true, admin: provincial },
      { name: 'domain', label: '独立域名', type: 'text', admin: provincial },
      { name: 'release', label: '模板版本', type: 'text', required: true, defaultValue: 'standard-1', admin: provincial },
    ] },
    { type: 'row', fields: [
      { name: 'level', label: '层级', type: 'select', required: true, options: options(LEVEL_NAMES), admin: provincial },
      { name: 'region', label: '区域', type: 'select', options: options(REGION_NAMES), admin: provincial },
      { name: 'division', label: '行政区划', type: 'text', required: true, admin: provincial },
      { name: 'divisionCode', label: '区划代码', type: 'text', required: true, unique: true, admin: provincial },
    ] },
    { name: 'parent', label: '上级站点', type: 'relationship', relationTo: 'sites', admin: provincial },
    { name: 'path', type: 'text', required: true, unique: true, admin: { hidden: true } },
    { name: 'mayDrafterReviewFirst', label: '允许起草人兼任初审（人员少的单位，经省级批准）', type: 'checkbox', defaultValue: false, admin: provincial },
    { name: 'footer', label: '页脚与联系方式', type: 'group', fields: [
      { name: 'address', label: '办公地址', type: 'text' },
      { name: 'phone', label: '联系电话', type: 'text' },
      { name: 'email', label: '电子邮箱', type: 'email' },
      { name: 'siteIdCode', label: '网站标识码', type: 'text', admin: { description: '十位，如 bm07000001；党委机关网站没有的可不填。' },
        validate: (value: unknown) => !value || /^[a-z]{2}\d{8}$|^\d{10}$/.test(String(value)) || '网站标识码是十位：两个小写字母加八位数字，或十位数字。' },
      { name: 'icpRecord', label: 'ICP 备案号', type: 'text' },
      { name: 'publicSecurityRecord', label: '公安备案号', type: 'text' },
      { name: 'organMarkUrl', label: '党政机关网站标识页面', type: 'text',
        validate: (value: unknown) => !value || /^https:\/\//.test(String(value)) || '请填写以 https:// 开头的完整网址。' },
    ] },
  ],
}
