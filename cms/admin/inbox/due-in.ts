import { lastDayOf } from '@cluster/shared/interaction/working-days'
import { dayOf } from '../dates.ts'

const DAY_MS = 86_400_000

/** How a deadline stands, in words: colour alone tells nobody. */
export function dueIn(dueAt: string, now: Date): { words: string; tone: 'late' | 'soon' | 'calm' } {
  const days = Math.round((Date.parse(lastDayOf(dueAt)) - Date.parse(dayOf(now.toISOString()))) / DAY_MS)
  if (Date.parse(dueAt) < now.getTime()) return { words: days < 0 ? `已逾期 ${-days} 天` : '今天已到期', tone: 'late' }
  if (days === 0) return { words: '今天到期', tone: 'soon' }
  return { words: `还有 ${days} 天`, tone: days <= 2 ? 'soon' : 'calm' }
}
