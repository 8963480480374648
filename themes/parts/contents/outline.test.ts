import { describe, expect, test } from 'vitest'
import { articleNumber, outlineOf } from './outline.ts'

const heading = (text: string, level = 2) => ({ id: text, level, text })

describe('outline', () => {
  test('keeps chapters and articles apart', () => {
    const outline = outlineOf([
      heading('第一章 总则'),
      heading('第一条 为了', 3),
      heading('第二条', 3),
      heading('第二章 职责'),
    ])
    expect(outline?.headings.map(({ text }) => text)).toEqual(['第一章 总则', '第二章 职责'])
    expect(outline?.articles).toHaveLength(2)
  })
  test('leaves out headings below the second level in use', () => {
    expect(outlineOf([heading('背景', 3), heading('做法', 4), heading('细节', 5)])?.headings).toHaveLength(2)
  })
  test('is absent where there is nothing to choose from', () => {
    expect(outlineOf([])).toBeNull()
    expect(outlineOf([heading('唯一的小标题')])).toBeNull()
  })
  test('takes the number from an article', () => {
    expect(articleNumber('第三十二条 本条例自公布之日起施行')).toBe('第三十二条')
    expect(articleNumber('附则')).toBe('附则')
  })
})
