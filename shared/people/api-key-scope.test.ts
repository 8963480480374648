import { describe, expect, it } from 'vitest'
import type { Grant } from '../governance/duties.ts'
import { isOpenToKey, type KeyOperation, narrowToKey } from './api-key-scope.ts'

const TODAY = '2026-11-23'
const KUNSHAN = 'jiangsu/suzhou/kunshan'
const on = (duty: Grant['duty'], sitePath: string, more: Partial<Grant> = {}): Grant => ({ duty, sitePath, includeSubtree: false, ...more })
const all: KeyOperation[] = ['read', 'write-drafts']

describe('an API key', () => {
  it('opens its scope where its maker holds the duty', () => {
    const grants = [on('editor', 'jiangsu/suzhou', { includeSubtree: true })]
    expect(narrowToKey(grants, { operations: ['read'], sitePaths: [KUNSHAN] }, TODAY)).toEqual([on('inspector', KUNSHAN)])
    expect(narrowToKey(grants, { operations: all, sitePaths: [KUNSHAN] }, TODAY)).toEqual([on('inspector', KUNSHAN), on('editor', KUNSHAN)])
  })

  it('opens nothing that its maker does not hold, or no longer', () => {
    expect(narrowToKey([on('editor', 'jiangsu/nanjing')], { operations: all, sitePaths: [KUNSHAN] }, TODAY)).toEqual([])
    expect(narrowToKey([on('editor', KUNSHAN, { until: '2026-11-22' })], { operations: all, sitePaths: [KUNSHAN] }, TODAY)).toEqual([])
    expect(narrowToKey([on('final-reviewer', KUNSHAN)], { operations: all, sitePaths: [KUNSHAN] }, TODAY)).toEqual([on('inspector', KUNSHAN)])
    expect(narrowToKey([on('security-admin', KUNSHAN)], { operations: all, sitePaths: [KUNSHAN] }, TODAY)).toEqual([])
    expect(narrowToKey([on('editor', KUNSHAN)], { operations: all, sitePaths: [] }, TODAY)).toEqual([])
  })

  it('reaches documents, and nothing that signs, administers or holds letters', () => {
    expect(isOpenToKey('GET', '/api/articles', ['read'])).toBe(true)
    expect(isOpenToKey('GET', '/api/policies/12', ['read'])).toBe(true)
    expect(isOpenToKey('POST', '/api/articles', all)).toBe(true)
    expect(isOpenToKey('PATCH', '/api/articles/12', all)).toBe(true)
    for (const [method, path] of [
      ['POST', '/api/articles'], ['PATCH', '/api/articles/12'],
    ] as const) expect(isOpenToKey(method, path, ['read']), `${method} ${path}`).toBe(false)
    for (const [method, path] of [
      ['PATCH', '/api/articles'], ['DELETE', '/api/articles/12'], ['POST', '/api/articles/12'], ['POST', '/api/articles/12/transitions'], ['GET', '/api/articles/12/versions'],
      ['GET', '/api/letters'], ['GET', '/api/users'], ['GET', '/api/users/me'], ['GET', '/api/account'], ['POST', '/api/account/password'], ['POST', '/api/media'],
      ['GET', '/api/inbox'], ['GET', '/api/import-batches'], ['POST', '/api/sites'], ['GET', '/api/media/file/a.png'], ['GET', '/api/articles/12/../../users'],
    ] as const) expect(isOpenToKey(method, path, all), `${method} ${path}`).toBe(false)
    expect(isOpenToKey('GET', '/api/articles', [])).toBe(false)
  })
})
