import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskIdentity, maskName, maskSender, maskText } from './masking.ts'

describe('maskName', () => {
  it.each([
    ['张三', '张*'], ['欧阳华', '欧*华'], ['王', '王*'], [' 李四 ', '李*'], ['司马相如', '司**如'], ['阿依古丽·买买提', '阿******提'], ['', '*'], ['𠮷田', '𠮷*'],
  ])('%s → %s', (name, masked) => expect(maskName(name)).toBe(masked))

  it('never gives a name back', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => name.trim() !== '' && !name.includes('*')), (name) => {
      expect(maskName(name)).not.toBe(name.trim())
    }))
  })
})

describe('maskText', () => {
  it.each([
    ['resident id', '身份证320583199001011234，', '身份证320583********1234，'],
    ['resident id with a check letter', '32058319900101123X', '320583********123X'],
    ['resident id with a small check letter', '号码32058319900101123x。', '号码320583********123x。'],
    ['resident id in groups', '320583 19900101 1234', '320583********1234'],
    ['resident id in groups with a check letter', '320583-19900101-123X', '320583********123X'],
    ['resident id in full-width digits', '３２０５８３１９９００１０１１２３Ｘ', '320583********123X'],
    ['resident id of the first generation', '旧证320583900101123', '旧证320583******123'],
    ['bank card of 16 digits', '6222021234567890', '622202******7890'],
    ['bank card of 19 digits', '卡号6222021234567890123', '卡号622202*********0123'],
    ['bank card in groups', '6222 0212 3456 7890 123', '622202*********0123'],
    ['phone', '电话13812345678。', '电话138****5678。'],
    ['phone in groups', '138 1234 5678', '138****5678'],
    ['phone with dashes', '138-1234-5678', '138****5678'],
    ['phone in full-width digits', '１３８１２３４５６７８', '138****5678'],
    ['phone behind the country code', '+8613812345678', '+86138****5678'],
    ['phone behind the country code and a dash', '86-13812345678', '86-138****5678'],
    ['phone behind 0086', '0086 13812345678', '0086 138****5678'],
    ['line with area code', '0512-57501234', '0512-5*****34'],
    ['line with a three-digit area code', '025 83391234', '025-8*****34'],
    ['line with a bracketed area code', '（0512）57501234', '0512-5*****34'],
    ['line in groups', '0512-5750 1234', '0512-5*****34'],
    ['line with the area code in one', '051257501234', '0512-5*****34'],
    ['e-mail', '邮箱zhang.san+gov@example.com.cn请回复', '邮箱z***@example.com.cn请回复'],
    ['e-mail with a full-width sign', 'zhangsan＠example.com', 'z***@example.com'],
    ['several at once', '张三13812345678李四13987654321', '张三138****5678李四139****4321'],
  ])('masks a %s', (_, text, masked) => expect(maskText(text)).toBe(masked))

  it.each([
    ['years and dates', '2026年11月23日，2026-11-23'], ['document numbers', '苏编办发〔2026〕12号'], ['short numbers', '核定编制24名，实有23名，科室8个'],
    ['an amount', '1234567.89元'], ['a short service number', '请拨打12345'], ['an index number', '320583/2026-00042'],
  ])('leaves %s alone', (_, text) => expect(maskText(text)).toBe(text))

  it('leaves no phone, resident id or card whole, whatever stands around it', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
    const secret = fc.oneof(
      digits(9).map((rest) => `1${3 + (Number(rest[0]) % 7)}${rest}`), digits(12).map((rest) => `320583${rest}`), digits(13).map((rest) => `622202${rest}`))
    const around = fc.string({ unit: fc.constantFrom(...'编办，。：的 （）号a'), maxLength: 6 })
    fc.assert(fc.property(around, secret, around, (before, number, after) => {
      expect(maskText(`${before}${number}${after}`)).not.toContain(number)
    }))
  })

  it('shows no digit that the text did not have', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-X 编办@a.'), maxLength: 40 }), (text) => {
      const shown = [...maskText(text).replace(/\D/g, '')].sort().join('')
      const had = [...text.replace(/\D/g, '')].sort().join('')
      expect(shown.length).toBeLessThanOrEqual(had.length)
    }))
  })
})

describe('maskSender', () => {
  it('masks the sender in the letter and in its answer', () => {
    const sender = { name: '张小三', contact: '13812345678' }
    expect(maskSender('我叫张小三，电话13812345678。', sender)).toBe('我叫张*三，电话138****5678。')
    expect(maskSender('张小三：您好！', sender)).toBe('张*三：您好！')
  })

  it('masks a contact that is no number', () => {
    expect(maskSender('加我微信zhang_san_88', { name: '张三', contact: 'zhang_san_88' })).toBe('加我微信z**********8')
  })

  it('does not spoil every word that contains a short name', () => {
    expect(maskSender('关于王家村的编制', { name: '王', contact: '1' })).toBe('关于王家村的编制')
  })

  it('leaves the office’s telephones in the answer, and nothing of the sender', () => {
    expect(maskIdentity('张小三：您好！请拨打0512-57501234，我们已致电13812345678。', { name: '张小三', contact: '13812345678' }))
      .toBe('张*三：您好！请拨打0512-57501234，我们已致电138****5678。')
  })
})
