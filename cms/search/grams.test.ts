import { describe, expect, it } from 'vitest'
import { askedGrams, gramQuery, gramsOf, gramVector } from './grams.ts'

describe('grams', () => {
  it('are pairs of Chinese characters, and words of anything else', () => {
    expect(gramsOf('编制管理，2026年 Excel')).toEqual(['编制', '制管', '管理', '理', '2026', '年', 'excel'])
  })

  it('do not care for width, case or signs', () => {
    expect(gramsOf('苏编〔２０２６〕１２号ＡＢＣ')).toEqual(gramsOf('苏编(2026)12号abc'))
  })

  it('of a question leave the end of a word to the pair before it, and keep a lone character', () => {
    expect(askedGrams('编制管理')).toEqual(['编制', '制管', '管理'])
    expect(askedGrams('编')).toEqual(['编'])
    expect(askedGrams('？！《》 - "')).toEqual([])
  })

  it('beyond the basic plane are characters as well', () => {
    expect(gramsOf('𠀀𠀁')).toEqual(['𠀀𠀁', '𠀁'])
  })

  it('carry weight and place, and a word said often does not grow without end', () => {
    expect(gramVector([{ weight: 'A', text: '编制' }, { weight: 'D', text: '编制' }])).toBe(`'编制':1A,3D '制':2A,4D`)
    expect(gramVector([{ weight: 'D', text: 'x '.repeat(50) }])).toBe(`'x':1D,2D,3D,4D`)
  })

  it('make a query that wants all of them, words by their beginning', () => {
    expect(gramQuery(['编制', '12', '编'])).toBe(`'编制' & '12':* & '编':*`)
  })
})
