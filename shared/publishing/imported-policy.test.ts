import { describe, expect, it } from 'vitest'
import {
  applicabilityOf,
  genreOf,
  importedPolicy,
  isAmendedSince,
  statuteKey,
  statuteVersion,
  subjectOf,
} from './imported-policy.ts'

describe('an imported document', () => {
  it.each([
    ['中华人民共和国专利法实施细则', '行政法规', '细则'],
    ['上海市口岸服务条例', '地方法规', '条例'],
    ['最高人民法院关于审理网络消费纠纷案件适用法律若干问题的规定（一）', '司法解释', '规定'],
    ['最高人民法院关于能否将公积金认定为共同财产的批复', '司法解释', '解释'],
    ['中华人民共和国公司法（2023修订）', '民法商法', '法律'],
    ['中华人民共和国宪法', '宪法', '法律'],
    ['全国人民代表大会常务委员会关于修改公司法的决定', '民法商法', '决定'],
    ['某市地方立法', '地方法规', '其他'],
    ['年度工作要点', undefined, '其他'],
  ])('%s (%s) is of the genre its title names', (title, category, genre) => {
    expect(genreOf(title, category)).toBe(genre)
  })

  it('is law when its collection files it under law', () => {
    expect([subjectOf('司法解释'), subjectOf('其他'), subjectOf(undefined)]).toEqual(['法律法规', '综合', '综合'])
  })

  it('names where it applies only when that is elsewhere', () => {
    expect(applicabilityOf('上海', '江苏省')).toBe('上海')
    expect(applicabilityOf('全国', '江苏省')).toBeNull()
    expect(applicabilityOf('江苏', '江苏省')).toBeNull()
    expect(applicabilityOf(undefined, '江苏省')).toBeNull()
  })

  it('has no validity unless a later version tells', () => {
    const line = { id: 'a', title: '办法', date: '2020-01-01', history: [], body: '正文' }
    expect(importedPolicy(line, { division: '江苏省', isAmended: false })).toMatchObject({
      validity: 'unknown',
      documentNumber: null,
      issuedOn: '2020-01-01',
    })
    expect(importedPolicy(line, { division: '江苏省', isAmended: true })).toMatchObject({ validity: 'amended' })
  })
})

describe('versions of a statute', () => {
  const version = (date: string | undefined, history: string[]) => statuteVersion({ date, history })

  it('are those of one title in one region, whatever year the title carries', () => {
    expect(statuteKey({ title: '公司法（2018修正）', region: '全国' })).toBe(
      statuteKey({ title: '公司法', region: '全国' }),
    )
    expect(statuteKey({ title: '审计条例', region: '北京' })).not.toBe(
      statuteKey({ title: '审计条例', region: '上海' }),
    )
  })

  it('make an earlier one amended when they record an amendment after it', () => {
    const later = version('2023-12-29', ['1993年12月29日 通过', '２０２３年12月29日 修订'])!
    expect(later.lastAmendedOn).toBe('2023-12-29')
    expect(isAmendedSince({ date: '2018-10-26' }, [later])).toBe(true)
  })

  it('leave it alone when they record none: the same text may be there twice', () => {
    expect(isAmendedSince({ date: '2018-12-12' }, [version('2019-01-31', ['2018年12月12日 通过'])!])).toBe(false)
  })

  it('leave the latest one and the undated alone', () => {
    const versions = [version('2023-12-29', ['2023年12月29日 修订'])!]
    expect(isAmendedSince({ date: '2023-12-29' }, versions)).toBe(false)
    expect(isAmendedSince({ date: undefined }, versions)).toBe(false)
    expect(version(undefined, ['2023年12月29日 修订'])).toBeNull()
  })
})
