import { GATES, type Gate } from '@cluster/shared/governance/templates/gates'
import { ROLLOUT_ACTIONS, type RolloutAction } from '@cluster/shared/governance/templates/rollout'

/** What stands in a rollout's history, beside the steps that a person decides on. */
const DEEDS: Record<string, string> = {
  ...ROLLOUT_ACTIONS, create: '建立安排', 'move-site': '移动站点', 'set-soak': '改观察时间', lesson: '写下经验', 'red-gate': '检查不合格，自动退回',
}
export const deedOf = (action: string): string => DEEDS[action] ?? action
export const gateName = (gate: string): string => GATES[gate as Gate] ?? gate

/** What a steward is told before the click counts. */
export const CONSEQUENCES: Record<RolloutAction, string> = {
  start: '试点圈的站点马上换成新模板，一秒之内公众看到的就是新页面。随后自动检查每个站点；有一项不合格，这一圈会自动退回。',
  promote: '下一圈的站点马上换成新模板，随后自动检查。前面各圈保持不变。',
  halt: '这一圈的站点马上退回原来的模板，前面各圈不变。以后可以重新试这一圈。',
  resume: '这一圈的站点再次换成新模板，重新检查。',
  cancel: '所有换了模板的站点退回原来的模板，这次推行到此为止，不能再继续。内容和本地设置都不会丢失。',
  complete: '全部站点都在新模板上，推行结束。',
}
/** Steps that the lesson belongs to; a draft has nothing to teach yet. */
export const needsLesson = (action: RolloutAction, state: string): boolean => state !== 'draft' && ['promote', 'halt', 'cancel', 'complete'].includes(action)

/** `3 分 20 秒` */
export function duration(seconds: number): string {
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分${seconds % 60 ? ` ${seconds % 60} 秒` : ''}`
}

/** What is left until a moment: `2 天 5 小时`; null once it is past. */
export function untilThen(iso: string, now: Date): string | null {
  const minutes = Math.ceil((Date.parse(iso) - now.getTime()) / 60_000)
  if (minutes <= 0) return null
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)]
  if (days > 0) return `${days} 天${hours ? ` ${hours} 小时` : ''}`
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分` : `${minutes} 分钟`
}
