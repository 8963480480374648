import type { LetterStatus } from '@cluster/shared/delivery/records'

export type StepKey = LetterStatus['steps'][number]['step']
export const STEP_NAMES: Record<StepKey, { name: string; hint: string }> = {
  received: { name: '已收到', hint: '留言进入办理系统' },
  'in-hand': { name: '办理中', hint: '承办科室正在核实情况、起草答复' },
  'under-review': { name: '审核中', hint: '答复正在逐级审核' },
  answered: { name: '已答复', hint: '答复见下方' },
  published: { name: '已公开', hint: '经您同意，留言和答复已经公开' },
}

export type StatusStep = {
  name: string
  hint: string
  at: string | null
  state: 'done' | 'current' | 'open'
  isLatest: boolean
}

/** With these nothing is left to do. */
const LAST: readonly StepKey[] = ['answered', 'published']

/**
 * All steps up to the answer, done or still to come; 已公开 only where it happened, as a letter need not be published.
 * The last step reached is the current one, unless the letter is finished with it.
 */
export function statusSteps(steps: LetterStatus['steps']): StatusStep[] {
  const order = Object.keys(STEP_NAMES) as StepKey[]
  const reached = new Map(steps.map(({ step, at }) => [step, at]))
  const last = Math.max(...steps.map(({ step }) => order.indexOf(step)))
  return order
    .filter((key) => key !== 'published' || reached.has(key))
    .map((key) => {
      const index = order.indexOf(key)
      const isLatest = index === last
      const state = index < last || (isLatest && LAST.includes(key)) ? 'done' : isLatest ? 'current' : 'open'
      return { ...STEP_NAMES[key], at: reached.get(key) ?? null, state, isLatest }
    })
}
