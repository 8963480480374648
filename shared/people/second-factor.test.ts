import { describe, expect, it } from 'vitest'
import { isOpenDuring, needsSecondFactor, nextSignInStep, normaliseCode } from './second-factor.ts'

const TODAY = '2026-11-23'

describe('a second factor', () => {
  it('is needed by whoever holds a duty that asks for one, on the days of the grant', () => {
    const required = ['security-admin'] as const
    expect(needsSecondFactor([{ duty: 'editor' }, { duty: 'security-admin' }], required, TODAY)).toBe(true)
    expect(needsSecondFactor([{ duty: 'editor' }], required, TODAY)).toBe(false)
    expect(needsSecondFactor([{ duty: 'security-admin', until: '2026-11-22' }], required, TODAY)).toBe(false)
    expect(needsSecondFactor([{ duty: 'security-admin', from: TODAY }], required, TODAY)).toBe(true)
    expect(needsSecondFactor([{ duty: 'security-admin' }], [], TODAY)).toBe(false)
  })

  it('comes after the change of password, and once only', () => {
    expect(nextSignInStep({ mustChangePassword: true, needsSecondFactor: true, hasSecondFactor: false })).toBe('change-password')
    expect(nextSignInStep({ mustChangePassword: false, needsSecondFactor: true, hasSecondFactor: false })).toBe('enrol-second-factor')
    expect(nextSignInStep({ mustChangePassword: false, needsSecondFactor: true, hasSecondFactor: true })).toBeNull()
    expect(nextSignInStep({ mustChangePassword: false, needsSecondFactor: false, hasSecondFactor: false })).toBeNull()
  })

  it('is typed as people type', () => {
    expect(normaliseCode(' 123 456 ')).toEqual({ kind: 'totp', code: '123456' })
    expect(normaliseCode('abcde-fgh23')).toEqual({ kind: 'recovery', code: 'ABCDEFGH23' })
    for (const wrong of ['', '12345', '1234567', 'abcdefgh01', '１２３４５６']) expect(normaliseCode(wrong), wrong).toBeNull()
  })

  it('leaves nothing open meanwhile but the step itself', () => {
    expect(isOpenDuring('change-password', 'POST', '/api/account/password')).toBe(true)
    expect(isOpenDuring('enrol-second-factor', 'POST', '/api/account/second-factor/confirm')).toBe(true)
    expect(isOpenDuring('enrol-second-factor', 'GET', '/api/users/me')).toBe(true)
    for (const [step, method, path] of [
      ['change-password', 'POST', '/api/account/second-factor'], ['enrol-second-factor', 'POST', '/api/account/password'], ['enrol-second-factor', 'POST', '/api/account/second-factor/remove'],
      ['change-password', 'GET', '/api/articles'], ['change-password', 'PATCH', '/api/users/1'], ['enrol-second-factor', 'GET', '/api/account/sign-ins'], ['change-password', 'GET', '/api/account/password'],
    ] as const) expect(isOpenDuring(step, method, path), `${step} ${method} ${path}`).toBe(false)
  })
})
