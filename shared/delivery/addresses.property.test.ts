import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_COLLECTIONS } from '../publishing/kinds.ts'
import { canonicalPath, columnPath, documentPath, previewPath, resolveAddress } from './addresses.ts'

const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/)
const number = fc.integer({ min: 1, max: 999_999_999 })

describe('an address', () => {
  it('that is built is resolved to what it was built from, and is canonical', () => {
    fc.assert(fc.property(key, number, (column, page) => {
      expect(resolveAddress(columnPath(column, page))).toEqual({ page: 'column', key: column, number: page })
      expect(canonicalPath(columnPath(column, page))).toBe(columnPath(column, page))
    }))
    fc.assert(fc.property(fc.constantFrom(...DOCUMENT_COLLECTIONS), number, (collection, id) => {
      expect(resolveAddress(documentPath({ collection, id }))).toEqual({ page: 'document', collection, id })
    }))
    fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{20,200}\.[A-Za-z0-9_-]{43}$/), (token) => {
      expect(resolveAddress(previewPath(token))).toEqual({ page: 'preview', token })
    }))
  })

  it('has one canonical form, from which nothing changes it', () => {
    const piece = fc.constantFrom('', 'columns', 'Columns', 'updates', 'p', '1', '2', 'articles', '7', '..', '%2e', '\\', 'sites', 'SEARCH')
    fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const canonical = canonicalPath(`/${pieces.join('/')}`)
      if (canonical === null) return
      expect(canonicalPath(canonical)).toBe(canonical)
      expect(canonical).toMatch(/^\/([a-z0-9-]+\/)*$/)
    }))
  })
})
