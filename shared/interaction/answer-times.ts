import { CALENDAR_2026, type HolidayCalendar, isWorkingDay, localDate } from './working-days.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export type AnswerTime = { receivedAt: Date; answeredAt: Date }

/** Hours between two instants that fall on working days (Asia/Shanghai); a working day has all its 24. */
export function workingHoursBetween({ receivedAt, answeredAt }: AnswerTime, calendar: HolidayCalendar = CALENDAR_2026): number {
  let spent = 0
  for (let from = receivedAt.getTime(); from < answeredAt.getTime();) {
    const date = localDate(new Date(from))
    const midnight = Date.parse(`${date}T00:00:00+08:00`) + DAY_MS
    const to = Math.min(midnight, answeredAt.getTime())
    if (isWorkingDay(date, calendar)) spent += to - from
    from = to
  }
  return spent / HOUR_MS
}

/** Median of the working time from receipt to answer, in hours with one decimal; `null` when nothing has been answered. */
export function medianWorkingHours(times: readonly AnswerTime[], calendar: HolidayCalendar = CALENDAR_2026): number | null {
  const hours = times.map((time) => workingHoursBetween(time, calendar)).sort((one, other) => one - other)
  const upper = hours[Math.floor(hours.length / 2)]
  const lower = hours[Math.floor((hours.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : Math.round((lower + upper) / 2 * 10) / 10
}
