import { describe, expect, it } from 'vitest'
import { DUTY_CODES, dutiesOn, EXCLUSIVE_DUTIES, exclusiveClashes, type Grant, isInForce, reaches } from './duties.ts'

const SUZHOU = '/jiangsu/suzhou/'
const KUNSHAN = '/jiangsu/suzhou/suzhou-kunshan/'
const TAICANG = '/jiangsu/suzhou/suzhou-taicang/'
const grant = (more: Partial<Grant> = {}): Grant => ({ duty: 'editor', sitePath: SUZHOU, includeSubtree: false, ...more })

describe('a grant', () => {
  it.each([
    ['before its first day', '2026-11-22', false], ['on its first day', '2026-11-23', true], ['in between', '2026-12-01', true],
    ['on its last day', '2026-12-31', true], ['after its last day', '2027-01-01', false],
  ])('%s is in force: %s', (_, today, inForce) => {
    expect(isInForce({ from: '2026-11-23', until: '2026-12-31' }, today)).toBe(inForce)
  })

  it('without dates is in force on any day', () => expect(isInForce({}, '2099-01-01')).toBe(true))

  it('reaches its site alone, unless it includes the subtree', () => {
    expect([SUZHOU, KUNSHAN, '/jiangsu/', '/jiangsu/nanjing/'].map((path) => reaches(grant(), path, '2026-11-23'))).toEqual([true, false, false, false])
    expect([SUZHOU, KUNSHAN, '/jiangsu/', '/jiangsu/nanjing/'].map((path) => reaches(grant({ includeSubtree: true }), path, '2026-11-23')))
      .toEqual([true, true, false, false])
  })

  it('reaches nothing once it has ended', () => expect(reaches(grant({ until: '2026-11-22' }), SUZHOU, '2026-11-23')).toBe(false))
})

describe('dutiesOn', () => {
  it('gathers what reaches the site today', () => {
    const grants = [
      grant({ duty: 'site-admin', includeSubtree: true }), grant({ duty: 'editor', sitePath: KUNSHAN }),
      grant({ duty: 'final-reviewer', sitePath: TAICANG }), grant({ duty: 'first-reviewer', sitePath: KUNSHAN, from: '2027-01-01' }),
    ]
    expect([...dutiesOn(grants, KUNSHAN, '2026-11-23')].sort()).toEqual(['editor', 'site-admin'])
  })
})

describe('exclusiveClashes', () => {
  it('finds each pair of administrators in one hand', () => {
    expect(exclusiveClashes(['province-admin', 'security-admin'])).toEqual([['province-admin', 'security-admin']])
    expect(exclusiveClashes(new Set(EXCLUSIVE_DUTIES).values())).toHaveLength(3)
  })

  it('leaves everything else combined', () => {
    for (const exclusive of EXCLUSIVE_DUTIES) {
      expect(exclusiveClashes(DUTY_CODES.filter((duty) => duty === exclusive || !EXCLUSIVE_DUTIES.includes(duty)))).toEqual([])
    }
    expect(exclusiveClashes(['province-admin', 'province-admin'])).toEqual([])
  })
})
