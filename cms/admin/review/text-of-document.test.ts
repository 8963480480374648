import type { ClientField } from 'payload'
import { describe, expect, it } from 'vitest'
import { labelOf } from './field-labels.ts'
import { textOfDocument } from './text-of-document.ts'

const fields: ClientField[] = [
  { type: 'ui', name: 'review', admin: {} },
  { type: 'text', name: 'state', label: '状态' },
  { type: 'text', name: 'title', label: '标题' },
  { type: 'row', fields: [{ type: 'date', name: 'issuedOn', label: '成文日期' }] },
  { type: 'richText', name: 'body', label: '正文' },
  { type: 'group', name: 'origin', label: '来源', fields: [
    { type: 'radio', name: 'type', label: '稿件来源', options: [{ value: 'original', label: '原创' }, { value: 'repost', label: '转载' }] }] },
  { type: 'array', name: 'attachments', label: '附件', fields: [{ type: 'upload', name: 'file', label: '文件', relationTo: 'media' }, { type: 'text', name: 'title', label: '显示名称' }] },
  { type: 'text', name: 'contentDigest', admin: { hidden: true } },
]

describe('a document as words', () => {
  it('names each field as the form does, and leaves the chain and hidden fields out', () => {
    const texts = textOfDocument(fields, {
      state: 'draft', title: '通知', issuedOn: '2026-03-02T04:00:00.000Z', contentDigest: 'x', origin: { type: 'repost' },
      body: { root: { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', text: '正文一句' }] }] } },
      attachments: [{ file: 7, title: '附表' }],
    })
    expect(texts).toEqual([
      { name: 'title', label: '标题', text: '通知' },
      { name: 'issuedOn', label: '成文日期', text: '2026-03-02' },
      { name: 'body', label: '正文', text: '正文一句' },
      { name: 'origin.type', label: '稿件来源', text: '转载' },
      { name: 'attachments', label: '附件', text: '编号 7 附表' },
    ])
  })

  it('is empty where nothing was written', () => {
    expect(textOfDocument(fields, {}).map(({ text }) => text).join('')).toBe('')
  })
})

describe('the label of a field', () => {
  it.each([['title', '标题'], ['issuedOn', '成文日期'], ['origin.type', '稿件来源'], ['attachments.0.title', '显示名称'], ['unknown', 'unknown']])(
    '%s → %s', (path, label) => expect(labelOf(fields, path)).toBe(label))
})
