import { describe, expect, it } from 'vitest'
import { dueIn } from './due-in.ts'

const now = new Date('2026-11-23T02:00:00Z')

describe('a deadline in words', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '已逾期 3 天', 'late'],
    ['2026-11-23T01:00:00Z', '今天已到期', 'late'],
    ['2026-11-23T10:00:00Z', '今天到期', 'soon'],
    ['2026-11-25T10:00:00Z', '还有 2 天', 'soon'],
    ['2026-11-30T10:00:00Z', '还有 7 天', 'calm'],
  ])('%s → %s', (dueAt, words, tone) => expect(dueIn(dueAt, now)).toEqual({ words, tone }))

  it('counts a deadline at midnight as the end of the day before', () => {
    expect(dueIn('2026-11-23T16:00:00Z', now).words).toBe('今天到期')
  })

  it('counts days by the local calendar', () => {
    expect(dueIn('2026-11-23T16:30:00Z', now).words).toBe('还有 1 天')
  })
})
