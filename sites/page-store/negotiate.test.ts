import { describe, expect, it } from 'vitest'
import { acceptedEncodings, chooseEncoding, entityTag, isKnownToReader } from './negotiate.ts'

const bodies = { identity: Buffer.from('page'), gzip: Buffer.from('g'), br: Buffer.from('b') }

describe('the encoding', () => {
  it('is the best that the reader takes and the page has', () => {
    expect(chooseEncoding(bodies, 'gzip, deflate, br, zstd')).toBe('br')
    expect(chooseEncoding({ ...bodies, br: null }, 'gzip, deflate, br, zstd')).toBe('gzip')
    expect(chooseEncoding({ ...bodies, br: null, gzip: null }, 'gzip, br')).toBe('identity')
    expect(chooseEncoding(bodies, undefined)).toBe('identity')
    expect(chooseEncoding(bodies, 'deflate')).toBe('identity')
  })

  it('respects what the reader refuses', () => {
    expect(acceptedEncodings('br;q=0, gzip;q=0.5')).toEqual(['gzip', 'identity'])
    expect(acceptedEncodings('*')).toEqual(['br', 'gzip', 'identity'])
    expect(acceptedEncodings('*, br;q=0')).toEqual(['gzip', 'identity'])
    expect(acceptedEncodings('BR')).toEqual(['br', 'identity'])
  })
})

describe('a reader has the page already', () => {
  it('whichever form was kept, with strong and weak tags, alone or in a list', () => {
    for (const header of [entityTag('abc', 'br'), `W/${entityTag('abc', 'identity')}`, '"other", "abc-gzip"', '*']) {
      expect(isKnownToReader(header, 'abc'), header).toBe(true)
    }
  })

  it('but not with the tag of another page', () => {
    for (const header of [undefined, '', '"abcd"', 'abc', '"ab"'])
      expect(isKnownToReader(header, 'abc'), String(header)).toBe(false)
  })
})
