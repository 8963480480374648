import { isWorkingDay, localDate } from '@cluster/shared/interaction/working-days'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Local midnight of Jiangsu, in UTC. */
const OFFSET_MS = 8 * HOUR_MS

/**
 * An instant within office hours, about so many days before now: demo texts are signed when offices are open.
 * Never later than now; `spread` (0–1) places it within the day.
 */
export function officeTimeBefore(now: Date, daysAgo: number, spread: number): Date {
  let date = localDate(new Date(now.getTime() - daysAgo * DAY_MS))
  while (!isWorkingDay(date)) date = new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10)
  const nine = Date.parse(date) - OFFSET_MS + 9 * HOUR_MS
  const time = nine + Math.floor(spread * 8 * 60) * 60_000
  return new Date(Math.min(time, now.getTime() - 10 * 60_000))
}

/** The sign-offs of one text: written the day before or the same morning, reviewed within hours, released at the end. */
export function chainTimes(release: Date, spread: number): { draft: Date; first: Date; second: Date; final: Date } {
  const before = (minutes: number) => new Date(release.getTime() - Math.floor(minutes) * 60_000)
  return { draft: before(190 + spread * 130), first: before(110 + spread * 60), second: before(30 + spread * 50), final: release }
}

/** A number between 0 and 1 that follows from the text: the same demo looks the same on every machine. */
export function spreadOf(text: string): number {
  let hash = 2166136261
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619)
  return (hash >>> 0) / 2 ** 32
}
