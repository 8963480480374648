import type { HomePage } from '@cluster/shared/delivery/page-models'
import { formatNumber, formatShare } from '../format.ts'

export type FigureSentence = { value: string; unit?: string; sentence: string }

/** What the figures of letters mean, in the words of somebody who thinks of writing one. Empty figures say nothing. */
export function letterSentences(figures: NonNullable<HomePage['letters']['figures']>): FigureSentence[] {
  const { received, answered, answeredInTime, medianHours } = figures
  const inTime = formatShare(answeredInTime, answered)
  const open = received - answered
  return [
    {
      value: formatNumber(answered), unit: '件',
      sentence: open > 0
        ? `收到 ${formatNumber(received)} 件留言，已经答复这么多，还有 ${formatNumber(open)} 件在办`
        : `收到 ${formatNumber(received)} 件留言，件件都有答复`,
    },
    ...(inTime === null ? [] : [{ value: inTime, sentence: '的答复没有超过规定的期限' }]),
    ...(medianHours === null ? []
      : [{ value: formatNumber(medianHours), unit: '小时', sentence: '以内答复了一半的留言，只算工作日的时间' }]),
  ]
}
