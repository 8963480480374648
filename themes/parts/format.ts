/** How dates, numbers and sizes are written. The cluster's clock is Beijing time, wherever it is hosted. */
const IN_BEIJING = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function partsOf(instant: string) {
  const parts = Object.fromEntries(IN_BEIJING.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` }
}

/** `2026-11-18`, from an instant in ISO 8601 or a calendar date. Throws a RangeError when it is neither. */
export function formatDate(instant: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(instant) ? instant : partsOf(instant).day
}

/** `2026-11-18 15:20`. */
export function formatTime(instant: string): string {
  const { day, time } = partsOf(instant)
  return `${day} ${time}`
}

/**
 * A date for narrow lists: `11-18` in the year in which the page was made, `2025-11-18` otherwise, so that a page kept
 * over New Year never shows a date that could be another year's.
 */
export function formatShortDate(instant: string, madeAt: string): string {
  const date = formatDate(instant)
  return date.slice(0, 4) === formatDate(madeAt).slice(0, 4) ? date.slice(5) : date
}

/** `2026年11月18日`, for sentences. */
export function formatLongDate(instant: string): string {
  const [year, month, day] = formatDate(instant).split('-')
  return `${year}年${Number(month)}月${Number(day)}日`
}

const NUMBER = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 1 })

/** `2,417`, `4.2`. */
export function formatNumber(value: number): string {
  return NUMBER.format(value)
}

/** `99.2%`, of two counts; cut off, not rounded: 100% means all of them. Null when there is nothing to count. */
export function formatShare(part: number, whole: number): string | null {
  if (whole <= 0) return null
  return `${NUMBER.format(Math.floor((part / whole) * 1000) / 10)}%`
}

/** `1.2 MB`, `312 KB`; sizes as file managers show them, in powers of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${NUMBER.format(Math.ceil(bytes / 1024))} KB`
  return `${NUMBER.format(bytes / (1024 * 1024))} MB`
}

/** `PDF`, `DOCX`: the ending of a file's name in capitals, or 文件 where there is none. */
export function formatFileType(name: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]
  return ending ? ending.toUpperCase() : '文件'
}

/** `4f1c…9a02`, from `sha256:4f1c…`. */
export function shortenDigest(digest: string): string {
  const value = digest.slice(digest.indexOf(':') + 1)
  return `${value.slice(0, 4)}…${value.slice(-4)}`
}

/** `昆山`, from the portal's name `昆山机构编制`: in a list of many sites the half that all share says nothing. */
export function shortSiteName(name: string): string {
  return name.replace(/(?<=.)机构编制(?:网)?$/u, '')
}
