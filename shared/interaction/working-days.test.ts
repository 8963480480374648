import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR_2026, endOfWorkingDay, isWorkingDay, lastDayOf, localDate } from './working-days.ts'

const shanghai = (local: string) => new Date(`${local}+08:00`)

describe('a working day', () => {
  it.each([
    ['a Monday', '2026-11-23', true], ['a Saturday', '2026-11-21', false], ['a Sunday', '2026-11-22', false], ['a holiday on a weekday', '2026-10-05', false],
    ['a make-up Saturday', '2026-10-10', true], ['a make-up Sunday', '2026-09-20', true], ['a day of a year without a calendar', '2027-01-01', true],
  ])('is %s (%s): %s', (_, date, works) => expect(isWorkingDay(date)).toBe(works))

  it('is never both a holiday and made up', () => {
    for (const day of CALENDAR_2026.makeUpDays) {
      expect(CALENDAR_2026.holidays.has(day), day).toBe(false)
      expect([0, 6], day).toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
    }
  })
})

describe('endOfWorkingDay', () => {
  it.each([
    ['a Monday morning', '2026-11-23T09:00:00', 3, '2026-11-27T00:00:00'], ['over a weekend', '2026-11-20T09:00:00', 3, '2026-11-26T00:00:00'],
    ['received on a Sunday', '2026-11-22T12:00:00', 1, '2026-11-24T00:00:00'], ['over the National Day', '2026-09-30T09:00:00', 3, '2026-10-11T00:00:00'],
    ['over the Spring Festival', '2026-02-13T17:00:00', 3, '2026-02-26T00:00:00'], ['just before midnight', '2026-11-23T23:59:59', 1, '2026-11-25T00:00:00'],
    ['just after midnight', '2026-11-24T00:00:00', 1, '2026-11-26T00:00:00'], ['without any day', '2026-11-23T09:00:00', 0, '2026-11-24T00:00:00'],
  ])('from %s (%s, %i days) is %s', (_, start, count, end) => {
    expect(endOfWorkingDay(shanghai(start), count).toISOString()).toBe(shanghai(end).toISOString())
  })

  it('never ends earlier for one day more, and ends at a local midnight', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-11-30T00:00:00Z'), noInvalidDate: true }), fc.nat({ max: 20 }), (start, count) => {
      const end = endOfWorkingDay(start, count)
      expect(endOfWorkingDay(start, count + 1).getTime()).toBeGreaterThan(end.getTime())
      expect(end.toISOString()).toMatch(/T16:00:00\.000Z$/)
      expect(end.getTime()).toBeGreaterThan(start.getTime())
    }))
  })
})

describe('localDate', () => {
  it('is the day of Jiangsu, not of Greenwich', () => {
    expect(localDate(new Date('2026-11-23T15:59:59Z'))).toBe('2026-11-23')
    expect(localDate(new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24')
  })
})

describe('lastDayOf', () => {
  it.each([
    ['2026-11-24T16:00:00.000Z', '2026-11-24'],
    ['2026-11-24T15:59:59.000Z', '2026-11-24'],
    ['2026-11-24T16:00:01.000Z', '2026-11-25'],
  ])('a deadline at %s leaves until %s', (deadline, day) => expect(lastDayOf(deadline)).toBe(day))
})
