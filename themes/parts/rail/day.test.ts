import { expect, test } from 'vitest'
import { dayOf } from './day.ts'

test('the day is that of Beijing, and another year is named', () => {
  const madeAt = '2026-11-20T01:30:00.000Z'
  expect(dayOf('2026-11-19T16:30:00.000Z', madeAt)).toEqual({ month: '11月', day: '20' })
  expect(dayOf('2025-12-28T06:00:00.000Z', madeAt)).toEqual({ month: '2025年12月', day: '28' })
})
