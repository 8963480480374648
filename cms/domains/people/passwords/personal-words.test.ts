import { describe, expect, it } from 'vitest'
import { personalWords } from './personal-words.ts'

describe('what others know of a person', () => {
  it('is spelled as passwords spell it', () => {
    const words = personalWords({ name: '许文远', unit: '综合处', email: 'Xu.Wenyuan@suzhou-kunshan.example', siteName: '昆山编办' })
    expect(words).toEqual(expect.arrayContaining(['许文远', '文远', 'xuwenyuan', 'wenyuan', '综合处', '昆山编办', 'suzhou-kunshan', 'kunshan']))
    expect(words).not.toContain('example')
    expect(personalWords({ name: '吕平' })).toContain('lvping')
  })

  it('is nothing where nothing is known', () => expect(personalWords({})).toEqual([]))
})
