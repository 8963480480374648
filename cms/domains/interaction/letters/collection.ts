import type { CollectionConfig } from 'payload'
import { LETTER_KINDS } from '@cluster/shared/publishing/kinds'
import { nobody } from '../../../access/within-granted-sites.ts'
import { makeReviewable } from '../../../review/reviewable.ts'
import { reviewedCollection } from '../../../review/reviewed-collection.ts'
import { onlyHandlers } from './access.ts'
import { keepWhatWasSent } from './hooks/keep-what-was-sent.ts'
import { reviewableLetter } from './reviewable-letter.ts'

makeReviewable('letters', reviewableLetter)

const sent = { readOnly: true }

/** Letters from the public. What was sent stays as it was sent; the answer goes through the review chain. */
export const letters: CollectionConfig = reviewedCollection({
  slug: 'letters',
  labels: { singular: '留言', plural: '留言' },
  admin: { useAsTitle: 'title', defaultColumns: ['title', 'kind', 'site', 'state', 'dueAt'], group: '互动', description: '姓名和联系方式只供本单位办理使用，公开时自动隐去。' },
  defaultSort: 'dueAt',
  custom: { personalData: ['senderName', 'senderContact'] },
  access: { create: nobody },
  hooks: { beforeValidate: [keepWhatWasSent] },
  fields: [
    { type: 'collapsible', label: '来信（原文，不能改动）', fields: [
      { name: 'title', label: '标题', type: 'text', required: true, admin: sent },
      { type: 'row', fields: [
        { name: 'kind', label: '类型', type: 'select', required: true, options: Object.entries(LETTER_KINDS).map(([value, label]) => ({ value, label })), admin: sent },
        { name: 'receivedAt', label: '收到时间', type: 'date', required: true, admin: { ...sent, components: { Field: '/admin/fields/due-field#MomentField' } } },
        { name: 'dueAt', label: '答复期限', type: 'date', required: true, index: true, admin: { ...sent, components: { Field: '/admin/fields/due-field#DueField', Cell: '/admin/fields/due-field#DueCell' } } },
      ] },
      { name: 'text', label: '来信内容', type: 'textarea', required: true, admin: { ...sent, rows: 6 } },
      { name: 'about', label: '所指页面', type: 'text', admin: { ...sent, condition: (data) => Boolean(data?.about) } },
    ] },
    { type: 'collapsible', label: '来信人（只供本单位办理，不公开）', fields: [
      { type: 'row', fields: [
        { name: 'senderName', label: '姓名（不公开）', type: 'text', required: true, admin: sent, access: { read: onlyHandlers } },
        { name: 'senderContact', label: '联系方式（不公开）', type: 'text', required: true, admin: sent, access: { read: onlyHandlers } },
        { name: 'mayPublish', label: '来信人同意公开来信内容', type: 'checkbox', defaultValue: false, admin: sent },
      ] },
    ] },
    { name: 'codeHash', type: 'text', required: true, unique: true, index: true, admin: { hidden: true }, access: { read: () => false } },
    { name: 'answer', label: '答复', type: 'textarea', admin: { rows: 10, description: '直接回答问题，写明依据和办法。经三审后来信人可凭查询码查看。' } },
    { type: 'row', fields: [
      { name: 'isPublic', label: '在网站公开这封来信和答复', type: 'checkbox', defaultValue: false, admin: { condition: (data) => Boolean(data?.mayPublish) } },
      { name: 'publicTitle', label: '公开时的标题', type: 'text', maxLength: 60, admin: { condition: (data) => Boolean(data?.isPublic), description: '不填则用来信标题；请去掉人名、电话和住址。' } },
    ] },
    { name: 'publicText', label: '公开时的来信内容', type: 'textarea', admin: { condition: (data) => Boolean(data?.isPublic), description: '不填则用来信原文；其中的电话、证件号会自动隐去。' } },
  ],
})
