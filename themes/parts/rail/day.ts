import { formatDate } from '../format.ts'

/**
 * The day of an instant as a rail shows it: `11月` over `20`, with the year in front when it is not the year in which
 * the page was made, so that a page kept over New Year never shows a date that could be another year's.
 */
export function dayOf(instant: string, madeAt: string): { month: string; day: string } {
  const [year, month, day] = formatDate(instant).split('-') as [string, string, string]
  const isThisYear = year === formatDate(madeAt).slice(0, 4)
  return { month: `${isThisYear ? '' : `${year}年`}${Number(month)}月`, day: String(Number(day)) }
}
