import { describe, expect, it } from 'vitest'
import { canonicalPath, columnPath, documentPath, filePath, resolveAddress, siteOrigin } from './addresses.ts'

describe('resolveAddress', () => {
  it('finds what every path of ours asks for', () => {
    expect(resolveAddress('/')).toEqual({ page: 'home' })
    expect(resolveAddress(columnPath('updates'))).toEqual({ page: 'column', key: 'updates', number: 1 })
    expect(resolveAddress(columnPath('updates', 12))).toEqual({ page: 'column', key: 'updates', number: 12 })
    expect(resolveAddress(documentPath({ collection: 'policies', id: 7 }))).toEqual({
      page: 'document',
      collection: 'policies',
      id: 7,
    })
  })

  it('knows none but ours', () => {
    for (const path of [
      '/t-standard-1/home',
      '/media/1/',
      '/articles/0/',
      '/articles/01/',
      '/articles/1',
      '/articles/x/',
      '/columns/a_b/',
      '//',
      '/preview/short/',
    ]) {
      expect(resolveAddress(path), path).toBeNull()
    }
  })
})

describe('canonicalPath', () => {
  it('leaves a canonical path alone', () => {
    for (const path of ['/', '/columns/updates/', '/columns/updates/p/2/', '/articles/1/'])
      expect(canonicalPath(path)).toBe(path)
  })

  it('mends case, slashes and the needless first page', () => {
    expect(canonicalPath('/Columns//Updates')).toBe('/columns/updates/')
    expect(canonicalPath('//articles/1')).toBe('/articles/1/')
    expect(canonicalPath('/columns/updates/p/1/')).toBe('/columns/updates/')
  })

  it('keeps the case of a preview token', () => {
    expect(canonicalPath('/preview/AbCdEfGhIjKlMnOpQrSt')).toBe('/preview/AbCdEfGhIjKlMnOpQrSt/')
  })

  it('sends nobody to an address that is not ours', () => {
    for (const path of ['//evil.example/', '/nope', '/articles/', '/t-standard-1/home'])
      expect(canonicalPath(path)).toBeNull()
  })
})

describe('addresses of sites and files', () => {
  it('put the slug into the pattern, and prefer an own domain', () => {
    expect(siteOrigin('http://{slug}.localhost:4321', { slug: 'suzhou' })).toBe('http://suzhou.localhost:4321')
    expect(siteOrigin('http://{slug}.localhost:4321', { slug: 'suzhou', domain: 'sz.example.cn' })).toBe(
      'http://sz.example.cn:4321',
    )
    expect(siteOrigin('https://{slug}.example.cn', { slug: 'suzhou', domain: 'sz.example.cn' })).toBe(
      'https://sz.example.cn',
    )
  })

  it('escape a file name', () => {
    expect(filePath({ hash: 'ab', name: '附件 1.pdf' })).toBe('/files/ab/%E9%99%84%E4%BB%B6%201.pdf')
  })
})
