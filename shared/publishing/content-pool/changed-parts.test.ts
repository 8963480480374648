import { describe, expect, it } from 'vitest'
import type { ArticleContent } from '../../delivery/records.ts'
import { changedParts } from './changed-parts.ts'

const content: ArticleContent = {
  title: '职责清单公布', summary: '摘要', keywords: ['清单'], html: '<p>一百二十项</p>', origin: { type: 'repost', source: '省委编办', url: 'https://example.cn/' }, attachments: [] }

describe('what a correction has changed', () => {
  it('is told by the parts of the form', () => {
    expect(changedParts(content, { ...content, title: '职责清单更新', html: '<p>一百二十一项</p>' })).toEqual(['标题', '正文'])
    expect(changedParts(content, { ...content, subtitle: '第二批' })).toEqual(['副标题'])
  })

  it('is nothing where the same words were signed anew, in whatever order they are kept', () => {
    expect(changedParts(content, { ...content, origin: { url: 'https://example.cn/', source: '省委编办', type: 'repost' } })).toEqual([])
  })
})
