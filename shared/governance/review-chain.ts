import { type Issue, isPermitted, refusal } from '../issue.ts'
import { ACTIONS, type Action, LINK_LABELS, REVIEW_STATES, type SignOff, type SignOffLink, STATES, type State } from '../publishing/states.ts'
import { DUTIES, type Duty } from './duties.ts'

/** An emergency publication is reviewed within this many hours; the province's rule, shown to the public with the text. */
export const LATER_REVIEW_HOURS = 24
/** A reason is read by colleagues and, for a withdrawal or correction, by the public: one word is none. */
export const REASON_LENGTH = { min: 4, max: 500 } as const

export type ChainFacts = {
  state: State
  /** A public copy exists: published, or published and being corrected. */
  isLive: boolean
  /** Sign-offs that stand: over the present content, not voided. */
  signOffs: readonly SignOff[]
  /** Digest of the content as it stands now. */
  digest: string
  /** Everyone who wrote the text of this round: whoever saved it since it was last reviewed whole. */
  authorIds: readonly number[]
  person: { id: number; name: string; unit: string }
  /** The person's duties on the document's site today. */
  duties: ReadonlySet<Duty>
  /** The province allows the drafter of this small office to be first reviewer too. */
  mayDrafterReviewFirst: boolean
  now: Date
}

export type ChainRequest = { action: Action; reason?: string | undefined; at?: Date | undefined }

export type ChainDecision = {
  issues: readonly Issue[]
  next: State
  /** Links that the person signs by this action. */
  signs: readonly SignOffLink[]
  isEmergency: boolean
  /** Which of the standing sign-offs the action voids. */
  voids: 'none' | 'final' | 'all'
  effect: 'none' | 'publish' | 'withdraw' | 'schedule' | 'complete-review'
}

const DUTY_OF_LINK: Record<SignOffLink, Duty> = {
  draft: 'editor', 'first-review': 'first-reviewer', 'second-review': 'second-reviewer', 'final-review': 'final-reviewer',
}
const NEXT_STATE: Record<(typeof REVIEW_STATES)[number], State> = {
  'first-review': 'second-review', 'second-review': 'final-review', 'final-review': 'published',
}
const NEEDS_REASON: readonly Action[] = ['recall', 'return', 'publish-now', 'correct', 'withdraw']

const FROM: Record<Action, readonly State[]> = {
  submit: ['draft'],
  recall: [...REVIEW_STATES, 'scheduled'],
  approve: REVIEW_STATES,
  return: REVIEW_STATES,
  'publish-now': ['draft', ...REVIEW_STATES, 'scheduled'],
  'review-later': ['published'],
  schedule: ['final-review'],
  'cancel-schedule': ['scheduled'],
  correct: ['published'],
  withdraw: ['published', 'draft', ...REVIEW_STATES, 'scheduled'],
}

const isReview = (state: State): state is (typeof REVIEW_STATES)[number] => (REVIEW_STATES as readonly State[]).includes(state)

/**
 * The review chain as a state machine: what an action leads to, or every reason why it may not happen.
 * Drafter, first, second and final reviewer are different persons, whatever duties one person holds; whoever wrote a word of the text
 * counts as its drafter, no matter who submitted it.
 */
export function decideTransition(facts: ChainFacts, request: ChainRequest): ChainDecision {
  const { action } = request
  const issues: Issue[] = []
  if (!FROM[action].includes(facts.state) || (action === 'withdraw' && !facts.isLive)) {
    issues.push(refusal('wrong-state', `稿件现在是“${STATES[facts.state]}”，不能${ACTIONS[action]}。请刷新页面查看最新状态。`))
  }
  issues.push(...reasonIssues(request))
  const decision = outcome(facts, request)
  issues.push(...personIssues(facts, action, decision.signs))
  if (action === 'schedule') issues.push(...scheduleIssues(facts, request))
  return { ...decision, issues }
}

/** The actions that this person could take now: what the admin offers as buttons. */
export function permittedActions(facts: ChainFacts): Action[] {
  const later = new Date(facts.now.getTime() + 3_600_000)
  return (Object.keys(ACTIONS) as Action[]).filter((action) => isPermitted(
    decideTransition(facts, { action, reason: '（待填写）', at: later }).issues))
}

/** Links of an emergency publication that have not been signed yet, in their order. */
export function missingLinks(signOffs: readonly SignOff[]): SignOffLink[] {
  return (['first-review', 'second-review', 'final-review'] as const).filter(
    (link) => !signOffs.some((signOff) => signOff.link === link))
}

function outcome(facts: ChainFacts, { action }: ChainRequest): Omit<ChainDecision, 'issues'> {
  const stay = { next: facts.state, signs: [], isEmergency: false, voids: 'none', effect: 'none' } as const
  switch (action) {
    case 'submit': return { ...stay, next: 'first-review', signs: ['draft'], voids: 'all' }
    case 'recall':
    case 'return': return { ...stay, next: 'draft', voids: 'all' }
    case 'approve': {
      if (!isReview(facts.state)) return stay
      const next = NEXT_STATE[facts.state]
      return { ...stay, next, signs: [facts.state], effect: next === 'published' ? 'publish' : 'none' }
    }
    case 'publish-now': return { ...stay, next: 'published', signs: ['final-review'], isEmergency: true, effect: 'publish' }
    case 'review-later': {
      const [link] = missingLinks(facts.signOffs)
      const isLast = missingLinks(facts.signOffs).length === 1
      return { ...stay, signs: link ? [link] : [], effect: isLast ? 'complete-review' : 'none' }
    }
    case 'schedule': return { ...stay, next: 'scheduled', signs: ['final-review'], effect: 'schedule' }
    case 'cancel-schedule': return { ...stay, next: 'final-review', voids: 'final' }
    case 'correct': return { ...stay, next: 'draft', voids: 'all' }
    case 'withdraw': return { ...stay, next: 'withdrawn', effect: 'withdraw' }
  }
}

function reasonIssues({ action, reason }: ChainRequest): Issue[] {
  if (!NEEDS_REASON.includes(action)) return []
  const length = reason?.trim().length ?? 0
  if (length < REASON_LENGTH.min) return [refusal('reason-required', `${ACTIONS[action]}要写明理由（至少 ${REASON_LENGTH.min} 个字）。`, 'reason')]
  if (length > REASON_LENGTH.max) return [refusal('reason-too-long', `理由请控制在 ${REASON_LENGTH.max} 字以内，现在是 ${length} 字。`, 'reason')]
  return []
}

function personIssues(facts: ChainFacts, action: Action, signs: readonly SignOffLink[]): Issue[] {
  const { person, duties } = facts
  const issues: Issue[] = []
  const needed = dutyFor(facts, action, signs)
  if (needed && !duties.has(needed)) {
    issues.push(refusal('duty-missing', `${ACTIONS[action]}需要本站点的“${DUTIES[needed]}”职责，您目前没有。请联系安全管理员。`))
  }
  if (action === 'recall') {
    const drafter = facts.signOffs.find((signOff) => signOff.link === 'draft')
    if (drafter && drafter.personId !== person.id) {
      issues.push(refusal('not-the-drafter', `只有起草人（${drafter.name}）可以撤回。审核人请用“${ACTIONS.return}”。`))
    }
  }
  if (action === 'review-later' && !facts.signOffs.some((signOff) => signOff.isEmergency)) {
    issues.push(refusal('not-an-emergency', '这篇稿件不是紧急发布的，不需要补审。'))
  } else if (action === 'review-later' && signs.length === 0) {
    issues.push(refusal('review-complete', '补审已经全部完成。'))
  }
  issues.push(...differentPersonIssues(facts, action, signs))
  if (!person.name.trim() || !person.unit.trim()) {
    issues.push(refusal('person-unnamed', '您的账号没有登记姓名或处室，实名公开无法署名。请联系安全管理员补全。'))
  }
  return issues
}

function dutyFor(facts: ChainFacts, action: Action, signs: readonly SignOffLink[]): Duty | null {
  switch (action) {
    case 'submit': return 'editor'
    case 'recall': return null
    case 'return': return isReview(facts.state) ? DUTY_OF_LINK[facts.state] : null
    case 'correct': return 'editor'
    case 'cancel-schedule':
    case 'withdraw': return 'final-reviewer'
    default: return signs[0] ? DUTY_OF_LINK[signs[0]] : null
  }
}

function differentPersonIssues(facts: ChainFacts, action: Action, signs: readonly SignOffLink[]): Issue[] {
  const [link] = signs
  if (!link || link === 'draft') return []
  const stale = facts.signOffs.find((signOff) => signOff.digest !== facts.digest)
  if (stale) return [refusal('content-changed', `${LINK_LABELS[stale.link]}之后内容有变动，签批已失效。请退回，由起草人重新提交。`)]
  const issues: Issue[] = []
  const isAllowedDrafter = link === 'first-review' && facts.mayDrafterReviewFirst
  const earlier = facts.signOffs.find((signOff) => signOff.personId === facts.person.id)
  const isAuthor = facts.authorIds.includes(facts.person.id)
  if (earlier && !(earlier.link === 'draft' && isAllowedDrafter)) {
    issues.push(refusal('same-person', `您已经作为${LINK_LABELS[earlier.link]}人签批过这篇稿件。三审三校须由不同的人完成，请转给其他审核人。`))
  } else if (action === 'publish-now' && isAuthor) {
    issues.push(refusal('same-person', '起草人不能自己下令紧急发布。请由另一位终审人发布。'))
  } else if (isAuthor && !isAllowedDrafter) {
    issues.push(refusal('same-person', '这篇稿件是您起草或修改过的，不能由您审核。三审三校须由不同的人完成，请转给其他审核人。'))
  }
  return issues
}

function scheduleIssues({ now }: ChainFacts, { at }: ChainRequest): Issue[] {
  if (!at || Number.isNaN(at.getTime())) return [refusal('time-required', '请填写定时发布的时间。', 'at')]
  if (at <= now) return [refusal('time-past', '定时发布的时间已经过去，请选一个将来的时间。', 'at')]
  const YEAR = 366 * 24 * 3_600_000
  if (at.getTime() - now.getTime() > YEAR) return [refusal('time-too-far', '定时发布最远可设一年以内。', 'at')]
  return []
}
