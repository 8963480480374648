import type { CollectionConfig } from 'payload'
import { nobody } from '../../../access/within-granted-sites.ts'
import { columnField } from '../../../fields/text-fields.ts'
import { makeReviewable } from '../../../review/reviewable.ts'
import { reviewedCollection } from '../../../review/reviewed-collection.ts'
import { reviewableBatch } from './reviewable-batch.ts'

makeReviewable('import-batches', reviewableBatch)

/** A migration batch (迁移批次): the documents of one import, signed by three persons over the digest of their manifest. */
export const importBatches: CollectionConfig = reviewedCollection({
  slug: 'import-batches',
  labels: { singular: '迁移批次', plural: '迁移批次' },
  admin: { useAsTitle: 'title', defaultColumns: ['title', 'site', 'state', 'documents', 'createdAt'], group: '内容', description: '由导入工具生成。一批文件作为一件事签批，发布后在每个页面注明迁移批次。' },
  access: { create: nobody, update: nobody },
  fields: [
    { name: 'title', label: '批次名称', type: 'text', required: true },
    { name: 'documents', label: '文件数', type: 'number', required: true, defaultValue: 0, admin: { readOnly: true } },
    { name: 'isComplete', label: '导入完成', type: 'checkbox', defaultValue: false, admin: { readOnly: true, description: '导入中断的批次可再次运行导入来续完，完成后才能提交。' } },
    { name: 'refused', label: '被拒绝的行数', type: 'number', defaultValue: 0, admin: { readOnly: true } },
    { name: 'findings', label: '缺少元数据的文件数', type: 'number', defaultValue: 0, admin: { readOnly: true } },
    { name: 'released', label: '已公开的文件数', type: 'number', defaultValue: 0, admin: { readOnly: true } },
    { name: 'fileName', label: '来源文件', type: 'text', admin: { readOnly: true } },
    { name: 'report', label: '导入报告', type: 'json', admin: { readOnly: true, components: { Field: '/admin/fields/import-report-field#ImportReportField' } } },
    columnField(['policy']),
  ],
})
