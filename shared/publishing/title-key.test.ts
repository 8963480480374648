import { describe, expect, it } from 'vitest'
import { indexNumber } from './index-number.ts'
import { titleKey } from './title-key.ts'

describe('titleKey', () => {
  it.each([
    ['《机构编制条例》', '机构编制条例'], ['机构 编制　条例', '机构编制条例'], ['机构编制条例（2020修正）', '机构编制条例'], ['机构编制条例(2020年修订)', '机构编制条例'],
    ['机构编制条例（2018年第二次修正）', '机构编制条例'], ['机构编制条例（修订）', '机构编制条例'], ['ＡＢＣ管理办法', 'abc管理办法'], ['“编制”管理办法', '编制管理办法'],
  ])('makes %s and %s one title', (one, other) => expect(titleKey(one)).toBe(titleKey(other)))

  it.each([
    ['机构编制条例（试行）', '机构编制条例'], ['机构编制条例', '机构编制办法'], ['第一批清单', '第二批清单'], ['关于修正案（草案）', '关于修正案'],
  ])('keeps %s and %s apart', (one, other) => expect(titleKey(one)).not.toBe(titleKey(other)))
})

describe('indexNumber', () => {
  it('is the division, the year and a running number, never cut', () => {
    expect(indexNumber({ divisionCode: '320583', year: 2026, id: 42 })).toBe('320583/2026-00042')
    expect(indexNumber({ divisionCode: '320583', year: 2026, id: 1234567 })).toBe('320583/2026-1234567')
  })
})
