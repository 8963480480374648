/** Refused writes of nobody in particular that one process writes down in a minute: more would let anybody fill the log. */
export const ANONYMOUS_PER_MINUTE = 60
const MINUTE_MS = 60_000

let windowStart = 0
let used = 0
let passedOver = 0

/** Whether one more row may be written now; `passedOver` says how many were not since the last one, for the row that says so. */
export function takeAllowance(now: number): { isFree: boolean; passedOver: number } {
  if (now - windowStart >= MINUTE_MS || now < windowStart) {
    windowStart = now
    used = 0
  }
  if (used >= ANONYMOUS_PER_MINUTE) {
    passedOver += 1
    return { isFree: false, passedOver: 0 }
  }
  used += 1
  const missed = passedOver
  passedOver = 0
  return { isFree: true, passedOver: missed }
}
