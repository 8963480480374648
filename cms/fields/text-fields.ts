import type { Field, Where } from 'payload'
import type { DocumentKind } from '@cluster/shared/publishing/kinds'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { SUMMARY_LIMIT, TITLE_LIMIT } from '@cluster/shared/publishing/completeness'

/** A draft may lack all but its title: completeness is checked when the text is submitted. */
export const titleField: Field = { name: 'title', label: '标题', type: 'text', required: true, maxLength: TITLE_LIMIT * 2 }

export const summaryField: Field = {
  name: 'summary', label: '摘要', type: 'textarea',
  admin: { description: `用一两句话说清楚做了什么、结果如何，${SUMMARY_LIMIT} 字以内；显示在列表和搜索结果中。` },
}

export const keywordsField: Field = {
  name: 'keywords', label: '关键词', type: 'text', hasMany: true,
  admin: { description: '输入一个词后按回车。' },
}

/** The column that a document stands in: one of its own site, and of a kind that holds such documents. */
export const columnField = (kinds: readonly DocumentKind[]): Field => ({
  name: 'column', label: '栏目', type: 'relationship', relationTo: 'columns', index: true,
  filterOptions: ({ data }) => {
    const site = relationId(data?.site)
    const suitable: Where = { and: [{ site: { equals: site } }, { kind: { in: [...kinds] } }] }
    return site === null ? false : suitable
  },
  admin: { position: 'sidebar', allowCreate: false, allowEdit: false, sortOptions: 'order', description: '先选站点，再选栏目。' },
})

export const attachmentsField: Field = {
  name: 'attachments', label: '附件', labels: { singular: '附件', plural: '附件' }, type: 'array',
  admin: { initCollapsed: true },
  fields: [
    { name: 'file', label: '文件', type: 'upload', relationTo: 'media', required: true },
    { name: 'title', label: '显示名称', type: 'text', admin: { description: '读者看到的名称；不填则用文件名。' } },
  ],
}

export const pictureField: Field = {
  name: 'picture', label: '题图', type: 'upload', relationTo: 'media',
  filterOptions: { mimeType: { contains: 'image/' } },
  admin: { description: '列表和首页使用；图片须填写替代文字。' },
}
