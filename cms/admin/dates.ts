/** Jiangsu's clock, whatever the computer of the person says. */
const MINUTE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** ISO 8601 → `2026-11-23 09:12`. */
export const minuteOf = (iso: string) => MINUTE.format(new Date(iso))
/** ISO 8601 → `2026-11-23`. */
export const dayOf = (iso: string) => DAY.format(new Date(iso))
