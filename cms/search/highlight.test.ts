import { describe, expect, it } from 'vitest'
import type { Highlight } from '@cluster/shared/delivery/search'
import { hasMatch, highlight, markerOf, snippet } from './highlight.ts'

const shown = (parts: Highlight) => parts.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')

describe('highlights', () => {
  it('mark what was asked for, whole where it stands together and in pairs where not', () => {
    expect(shown(highlight('事业单位登记管理暂行条例', markerOf('事业单位登记')))).toBe('[事业单位登记]管理暂行条例')
    expect(shown(highlight('登记管理机关对事业法人', markerOf('事业单位登记')))).toBe('[登记]管理机关对[事业]法人')
  })

  it('leave a text alone when nothing was asked', () => {
    expect(highlight('通知公告', markerOf('《》'))).toEqual([{ text: '通知公告', isMatch: false }])
  })

  it('never carry markup: a text that looks like some stays text', () => {
    expect(shown(highlight('<b>编制</b>', markerOf('编制')))).toBe('<b>[编制]</b>')
    expect(shown(highlight('a.c abc', markerOf('a.c')))).toBe('[a].[c] [a]b[c]')
  })

  it('keep every character of the text', () => {
    const text = 'ＡＢ编制 管理\n编'
    expect(highlight(text, markerOf('编 ab')).map((part) => part.text).join('')).toBe(text)
  })
})

describe('snippets', () => {
  const filler = '为了规范有关工作根据有关规定结合本市实际制定'.repeat(20)

  it('show the passage where most of the question stands together', () => {
    const text = `${filler}登记。${filler}事业单位法人登记证书有效期届满。${filler}`
    const parts = snippet(text, markerOf('事业单位登记证书'))
    expect(shown(parts)).toContain('[事业单位]法人[登记证书]有效期')
    expect(parts[0]!.text.startsWith('…')).toBe(true)
    expect(parts.map((part) => part.text).join('').length).toBeLessThanOrEqual(112)
  })

  it('show the beginning when nothing matches, without leading dots', () => {
    const parts = snippet(filler, markerOf('海洋'))
    expect(hasMatch(parts)).toBe(false)
    expect(parts[0]!.text.startsWith('为了规范')).toBe(true)
  })
})
