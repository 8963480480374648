import { describe, expect, it } from 'vitest'
import { hiddenWithout } from './hidden-without.ts'

const isHidden = hiddenWithout(['editor'])

describe('a collection in the admin', () => {
  it('is there for who has a duty with it', () => expect(isHidden({ user: { grants: [{ duty: 'inspector' }, { duty: 'editor' }] } })).toBe(false))
  it.each([
    ['without a duty with it', { grants: [{ duty: 'inspector' }] }],
    ['whose duty has ended', { grants: [{ duty: 'editor', until: '2020-12-31T04:00:00.000Z' }] }],
    ['whose duty has not begun', { grants: [{ duty: 'editor', from: '2999-01-01T04:00:00.000Z' }] }],
    ['before the first change of password', { grants: [{ duty: 'editor' }], mustChangePassword: true }],
    ['who is nobody', null],
  ])('is not there for somebody %s', (_, user) => expect(isHidden({ user })).toBe(true))
})
