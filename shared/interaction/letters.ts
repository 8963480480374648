import type { LetterStatus } from '../delivery/records.ts'
import { type Issue, refusal } from '../issue.ts'
import type { LetterKind } from '../publishing/kinds.ts'
import type { State } from '../publishing/states.ts'
import { endOfWorkingDay } from './working-days.ts'

/** Working days within which each kind of letter is answered; 网站找错 within 3 (national inspection), the others are the province's promise. */
export const ANSWER_DAYS: Record<LetterKind, number> = { inquiry: 5, complaint: 15, suggestion: 15, 'error-report': 3 }

export function answerDueAt(kind: LetterKind, receivedAt: Date): Date {
  return endOfWorkingDay(receivedAt, ANSWER_DAYS[kind])
}

type Step = LetterStatus['steps'][number]

/** The steps that the sender sees, after one more: a letter that goes back a step shows where it stands, not its odyssey. */
export function nextSteps(steps: readonly Step[], state: State, at: string, isPublic: boolean): Step[] {
  const step = (name: Step['step']): Step => ({ step: name, at })
  const upTo = (...names: Step['step'][]) => steps.filter(({ step: name }) => names.includes(name))
  switch (state) {
    case 'draft': return steps.some(({ step: name }) => name === 'in-hand') ? upTo('received', 'in-hand') : [...upTo('received'), step('in-hand')]
    case 'first-review': return [...upTo('received', 'in-hand'), step('under-review')]
    case 'published': return [...upTo('received', 'in-hand', 'under-review'), step('answered'), ...(isPublic ? [step('published')] : [])]
    case 'withdrawn': return upTo('received', 'in-hand', 'under-review', 'answered')
    default: return [...steps]
  }
}

/** What an answer lacks before it may be submitted. */
export function answerIssues(answer: string): Issue[] {
  return answer.trim().length < 10 ? [refusal('answer-required', '还没有写答复，请写完再提交。', 'answer')] : []
}

