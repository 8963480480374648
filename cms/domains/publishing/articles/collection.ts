import type { CollectionConfig } from 'payload'
import { ARTICLE_KINDS, DOCUMENT_KINDS } from '@cluster/shared/publishing/kinds'
import { attachmentsField, columnField, keywordsField, pictureField, summaryField, titleField } from '../../../fields/text-fields.ts'
import { bodyField } from '../../../fields/body-field.ts'
import { reviewedCollection } from '../../../review/reviewed-collection.ts'
import { makeReviewable } from '../../../review/reviewable.ts'
import { reviewableArticle } from './reviewable-article.ts'
import { takeKindFromColumn } from './hooks/take-kind-from-column.ts'
import { keepWithinKey } from '../../../access/keep-within-key.ts'
import { keepColumnOnSite } from '../keep-column-on-site.ts'

makeReviewable('articles', reviewableArticle)

/** Work updates, frontier information, notices, interpretations, approvals and information pages. */
export const articles: CollectionConfig = reviewedCollection({
  slug: 'articles',
  labels: { singular: '稿件', plural: '稿件' },
  admin: { useAsTitle: 'title', defaultColumns: ['title', 'kind', 'site', 'state', 'updatedAt'], group: '内容', listSearchableFields: ['title'] },
  defaultSort: '-updatedAt',
  hooks: { beforeValidate: [keepColumnOnSite, takeKindFromColumn], beforeChange: [keepWithinKey] },
  fields: [
    titleField,
    { name: 'subtitle', label: '副标题', type: 'text', maxLength: 120 },
    summaryField,
    bodyField,
    pictureField,
    attachmentsField,
    keywordsField,
    {
      name: 'policies', label: '解读的政策', type: 'relationship', relationTo: 'policies', hasMany: true,
      admin: { allowCreate: false, allowEdit: false, condition: (data) => data?.kind === 'interpretation', description: '解读须关联被解读的政策文件；两边的页面会互相链接。' },
    },
    {
      name: 'origin', label: '来源', type: 'group',
      fields: [
        { name: 'type', label: '稿件来源', type: 'radio', defaultValue: 'original', options: [{ value: 'original', label: '原创' }, { value: 'repost', label: '转载' }] },
        { name: 'source', label: '来源单位', type: 'text', maxLength: 60, admin: { condition: (_, sibling) => sibling?.type === 'repost' } },
        { name: 'url', label: '原文网址', type: 'text', maxLength: 500, admin: { condition: (_, sibling) => sibling?.type === 'repost' },
          validate: (value: unknown) => !value || /^https?:\/\/\S+$/.test(String(value)) || '请填写以 http:// 或 https:// 开头的网址。' },
      ],
    },
    columnField(ARTICLE_KINDS),
    {
      name: 'kind', label: '类型', type: 'select', index: true, defaultValue: 'update',
      options: ARTICLE_KINDS.map((value) => ({ value, label: DOCUMENT_KINDS[value] })),
      admin: { position: 'sidebar', readOnly: true, description: '由栏目决定。' },
    },
  ],
})
