import type { CollectionConfig } from 'payload'
import { GENRES, SUBJECTS, VALIDITIES } from '@cluster/shared/publishing/kinds'
import { bodyField } from '../../../fields/body-field.ts'
import { attachmentsField, columnField, keywordsField, summaryField, titleField } from '../../../fields/text-fields.ts'
import { makeReviewable } from '../../../review/reviewable.ts'
import { reviewedCollection } from '../../../review/reviewed-collection.ts'
import { keepColumnOnSite } from '../keep-column-on-site.ts'
import { keepWithinKey } from '../../../access/keep-within-key.ts'
import { refuseWhileInBatch } from './hooks/refuse-while-in-batch.ts'
import { reviewablePolicy } from './reviewable-policy.ts'

makeReviewable('policies', reviewablePolicy)

const day = { date: { pickerAppearance: 'dayOnly' as const, displayFormat: 'yyyy-MM-dd' } }
/** Written by the import alone: whoever could write these could put a text into a batch that others have signed. */
const byImport = { create: () => false, update: () => false }
const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

/** Policy documents with the metadata that the national label specification and the disclosure regulations ask for. */
export const policies: CollectionConfig = reviewedCollection({
  slug: 'policies',
  labels: { singular: '政策文件', plural: '政策文件' },
  admin: { useAsTitle: 'title', defaultColumns: ['title', 'documentNumber', 'site', 'state', 'validity', 'updatedAt'], group: '内容', listSearchableFields: ['title', 'documentNumber'] },
  defaultSort: '-updatedAt',
  indexes: [{ fields: ['site', 'sourceId'], unique: true }],
  hooks: { beforeValidate: [keepColumnOnSite, refuseWhileInBatch], beforeChange: [keepWithinKey] },
  fields: [
    titleField,
    { type: 'row', fields: [
      { name: 'documentNumber', label: '发文字号', type: 'text', maxLength: 60, index: true, admin: { placeholder: '苏编办发〔2026〕12号' } },
      { name: 'issuer', label: '发文机关', type: 'text', maxLength: 120 },
    ] },
    { type: 'row', fields: [
      { name: 'subject', label: '主题分类', type: 'select', defaultValue: '综合', options: plain(SUBJECTS) },
      { name: 'genre', label: '体裁', type: 'select', defaultValue: '通知', options: plain(GENRES) },
      { name: 'validity', label: '有效性', type: 'select', defaultValue: 'in-force', options: Object.entries(VALIDITIES).map(([value, label]) => ({ value, label })) },
    ] },
    { type: 'row', fields: [
      { name: 'issuedOn', label: '成文日期', type: 'date', admin: day },
      { name: 'effectiveOn', label: '施行日期', type: 'date', admin: day },
      { name: 'repealedOn', label: '废止日期', type: 'date', admin: { ...day, condition: (data) => data?.validity === 'repealed' || data?.validity === 'expired' } },
    ] },
    summaryField,
    bodyField,
    attachmentsField,
    keywordsField,
    { name: 'applicability', label: '适用地区', type: 'text', maxLength: 40, admin: { description: '只适用于外省市的文件填写，如“上海”。' } },
    { name: 'history', label: '沿革', type: 'json', admin: { components: { Field: '/admin/fields/lines-field#LinesField' } }, jsonSchema: {
      uri: 'cluster://history.json', fileMatch: ['cluster://history.json'], schema: { type: 'array', items: { type: 'string' } } } },
    {
      type: 'collapsible', label: '迁移信息', admin: { initCollapsed: true, condition: (data) => Boolean(data?.sourceId) },
      fields: [
        { name: 'sourceId', label: '原系统编号', type: 'text', index: true, access: byImport, admin: { readOnly: true } },
        { name: 'batch', label: '迁移批次', type: 'relationship', relationTo: 'import-batches', index: true, access: byImport, admin: { readOnly: true, allowCreate: false } },
        { name: 'contentDigest', type: 'text', access: byImport, admin: { hidden: true } },
        { name: 'findings', label: '待补元数据', type: 'json', access: byImport, admin: { readOnly: true, components: { Field: '/admin/fields/findings-field#FindingsField' } } },
      ],
    },
    columnField(['policy']),
  ],
})
