import { describe, expect, it } from 'vitest'
import { isIdleMinutes, isSessionAlive, sessionDeadline } from './session-life.ts'

const at = (time: string) => new Date(`2026-11-23T${time}:00+08:00`)
const session = (opened: string, seen: string, ended: string | null = null) => ({ openedAt: at(opened), lastSeenAt: at(seen), endedAt: ended ? at(ended) : null })

describe('a session', () => {
  it('ends when nothing was done for long enough', () => {
    expect(isSessionAlive(session('08:00', '09:00'), 30, at('09:29'))).toBe(true)
    expect(isSessionAlive(session('08:00', '09:00'), 30, at('09:30'))).toBe(false)
    expect(isSessionAlive(session('08:00', '09:00'), 60, at('09:30'))).toBe(true)
  })

  it('ends after twelve hours, however busy', () => {
    expect(isSessionAlive(session('08:00', '19:59'), 30, at('19:59'))).toBe(true)
    expect(isSessionAlive(session('08:00', '19:59'), 30, at('20:00'))).toBe(false)
    expect(sessionDeadline(session('08:00', '19:45'), 30)).toEqual(at('20:00'))
  })

  it('ends at once when it was ended', () => {
    expect(isSessionAlive(session('08:00', '09:00', '09:00'), 30, at('09:00'))).toBe(false)
  })

  it('has a time-out within bounds', () => {
    expect([5, 30, 120].every(isIdleMinutes)).toBe(true)
    expect([4, 121, 7.5, 0, -1, Number.NaN, Number.POSITIVE_INFINITY].some(isIdleMinutes)).toBe(false)
  })
})
