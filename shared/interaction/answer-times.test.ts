import { describe, expect, it } from 'vitest'
import { medianWorkingHours, workingHoursBetween } from './answer-times.ts'

const time = (receivedAt: string, answeredAt: string) => ({ receivedAt: new Date(receivedAt), answeredAt: new Date(answeredAt) })

describe('answer times', () => {
  it('count hours of working days', () => {
    expect(workingHoursBetween(time('2026-11-02T01:00:00Z', '2026-11-02T07:30:00Z'))).toBe(6.5)
  })

  it('leave weekends out, by the calendar of China', () => {
    // Friday 18:00 to Monday 09:00 in Nanjing: six hours of Friday, nine of Monday.
    expect(workingHoursBetween(time('2026-11-06T10:00:00Z', '2026-11-09T01:00:00Z'))).toBe(15)
  })

  it('leave holidays out and count the days that make up for them', () => {
    // 1 to 7 October are holidays; Saturday 10 October is worked.
    expect(workingHoursBetween(time('2026-09-30T16:00:00Z', '2026-10-07T16:00:00Z'))).toBe(0)
    expect(workingHoursBetween(time('2026-10-09T16:00:00Z', '2026-10-10T16:00:00Z'))).toBe(24)
  })

  it('have a median, of two in the middle the mean, and none where nothing was answered', () => {
    const hours = (count: number) => time('2026-11-02T00:00:00Z', new Date(Date.parse('2026-11-02T00:00:00Z') + count * 3_600_000).toISOString())
    expect(medianWorkingHours([hours(9), hours(1), hours(2)])).toBe(2)
    expect(medianWorkingHours([hours(9), hours(1), hours(2), hours(4)])).toBe(3)
    expect(medianWorkingHours([])).toBeNull()
  })
})
