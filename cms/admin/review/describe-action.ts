import { LATER_REVIEW_HOURS, REASON_LENGTH } from '@cluster/shared/governance/review-chain'
import { ACTIONS, type Action, type State } from '@cluster/shared/publishing/states'

export type ActionText = {
  /** On the button. */
  label: string
  /** What happens then, told before it happens; null: it happens at once. */
  consequence: string | null
  /** What the person is asked to write; null: no reason is needed. */
  reason: string | null
  needsTime: boolean
  /** Told after it has happened. */
  done: string
}

/** One action in a clerk's words, for a document in the given state. */
export function describeAction(action: Action, state: State): ActionText {
  const plain: ActionText = { label: ACTIONS[action], consequence: null, reason: null, needsTime: false, done: `${ACTIONS[action]}：已完成` }
  switch (action) {
    case 'submit': return { ...plain, done: '已提交，等待初审' }
    case 'approve': return state === 'final-review'
      ? { ...plain, label: '通过并发布', consequence: '通过后立即在网站公开，并显示起草、初审、复审、终审各人的姓名和处室。', done: '已发布，公众可以看到了' }
      : { ...plain, label: state === 'first-review' ? '初审通过' : '复审通过', done: '已通过，送下一环节' }
    case 'return': return { ...plain, consequence: '稿件退回起草人修改，已有签批作废。', reason: '哪里需要改，怎样改', done: '已退回起草人' }
    case 'recall': return { ...plain, consequence: '稿件回到草稿，已有签批作废。', reason: '为什么撤回', done: '已撤回，可以继续修改' }
    case 'publish-now': return {
      ...plain, done: '已紧急发布，请按时补审', reason: '什么情况必须先发布',
      consequence: `不等初审、复审，立即公开。页面会注明“先发后审”、您的姓名和理由；${LATER_REVIEW_HOURS} 小时内须完成补审。` }
    case 'review-later': return { ...plain, consequence: '您将对已发布的内容签批。', done: '已补审' }
    case 'schedule': return { ...plain, consequence: '到时间自动公开，发布前仍可取消。', needsTime: true, done: '已通过，将定时发布' }
    case 'cancel-schedule': return { ...plain, consequence: '取消后回到待终审，终审签批作废。', done: '已取消定时发布' }
    case 'correct': return { ...plain, consequence: '网站上继续显示现在的版本；修改后重新经过三审才会替换。理由会随更正记录公开。', reason: '更正什么，为什么', done: '可以修改了' }
    case 'withdraw': return { ...plain, consequence: '公众将看不到内容，原网址显示“已撤稿”和您写的理由、姓名、时间。撤稿后不能恢复。', reason: '为什么撤稿（会公开）', done: '已撤稿' }
  }
}

/** How many characters a reason still lacks. */
export const missingCharacters = (reason: string) => Math.max(0, REASON_LENGTH.min - reason.trim().length)

/** The one action that a page offers first; all others stay quiet. */
export function mainActionOf(actions: readonly Action[], state: State): Action | null {
  const [wanted]: Action[] = state === 'draft' ? ['submit'] : state === 'published' ? ['review-later'] : ['approve']
  return wanted && actions.includes(wanted) ? wanted : null
}

/** Actions that are rare and weighty stand apart, so that nobody takes them by mistake. */
export const isRare = (action: Action) => action === 'publish-now' || action === 'withdraw'
