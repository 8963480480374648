/**
 * Working days after the State Council's holiday calendar, make-up days included. A year without a published calendar counts weekends
 * only; the calendar of a year is published in the autumn before it.
 */
export type HolidayCalendar = { holidays: ReadonlySet<string>; makeUpDays: ReadonlySet<string> }

const DAY_MS = 86_400_000
/** China keeps one time zone all year. */
const OFFSET_MS = 8 * 3_600_000

/** The local date of an instant, `YYYY-MM-DD`. */
export const localDate = (instant: Date) => new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10)

/** The last day, `YYYY-MM-DD`, on which something that is due by `deadline` is in time: midnight ends the day before. */
export const lastDayOf = (deadline: string) => localDate(new Date(Date.parse(deadline) - 1))

const days = (from: string, to: string): string[] => {
  const list: string[] = []
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY_MS) list.push(new Date(time).toISOString().slice(0, 10))
  return list
}

/** 国务院办公厅关于2026年部分节假日安排的通知. */
export const CALENDAR_2026: HolidayCalendar = {
  holidays: new Set([
    ...days('2026-01-01', '2026-01-03'), ...days('2026-02-15', '2026-02-23'), ...days('2026-04-04', '2026-04-06'),
    ...days('2026-05-01', '2026-05-05'), ...days('2026-06-19', '2026-06-21'), ...days('2026-09-25', '2026-09-27'), ...days('2026-10-01', '2026-10-07'),
  ]),
  makeUpDays: new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']),
}

export function isWorkingDay(date: string, calendar: HolidayCalendar = CALENDAR_2026): boolean {
  if (calendar.makeUpDays.has(date)) return true
  if (calendar.holidays.has(date)) return false
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The end (24:00 local time) of the n-th working day after the day of `start`; the day itself does not count. */
export function endOfWorkingDay(start: Date, count: number, calendar: HolidayCalendar = CALENDAR_2026): Date {
  let date = localDate(start)
  for (let left = count; left > 0;) {
    date = new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10)
    if (isWorkingDay(date, calendar)) left -= 1
  }
  return new Date(Date.parse(date) + DAY_MS - OFFSET_MS)
}
