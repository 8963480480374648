import { expect, test } from 'vitest'
import { describedBy, errorsOf } from './fields.ts'
import { errors } from './fixtures.ts'

test('a field gets its own errors only', () => {
  expect(errorsOf(errors, 'text')).toEqual(['请填写内容，5 到 2000 个字'])
  expect(errorsOf(errors, 'name')).toEqual([])
})

test('a field is described by what stands on the page, and by nothing that does not', () => {
  expect(describedBy('letter-text', { hasHint: true, hasErrors: true })).toBe('letter-text-hint letter-text-error')
  expect(describedBy('letter-text', { hasHint: false, hasErrors: true })).toBe('letter-text-error')
  expect(describedBy('letter-text', { hasHint: false, hasErrors: false })).toBeUndefined()
})
