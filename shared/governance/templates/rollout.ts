import { type Issue, refusal } from '../../issue.ts'
import type { Verdict } from './gates.ts'
import type { Ring } from './rings.ts'

/** Where a rollout stands. A rollout is never deleted: what was learned is for the next one. */
export const ROLLOUT_STATES = { draft: '准备中', running: '推行中', halted: '已停下', completed: '已完成', cancelled: '已取消' } as const
export type RolloutState = keyof typeof ROLLOUT_STATES

export const ROLLOUT_ACTIONS = { start: '开始试点', promote: '推到下一圈', halt: '停下并退回这一圈', resume: '重新试这一圈', cancel: '取消并全部退回', complete: '完成' } as const
export type RolloutAction = keyof typeof ROLLOUT_ACTIONS

/** A lesson of one word helps nobody. */
export const LESSON_LENGTH = { min: 10, max: 1000 } as const

export type RolloutFacts = {
  state: RolloutState
  /** Counted up with every step: two people who act on one version cannot both win. */
  version: number
  release: string
  rings: readonly Ring[]
  /** Ring that runs the release now; null before the start. */
  ring: number | null
  /** When the ring's sites were switched. */
  switchedAt: Date | null
  /** Verdicts of the ring's sites since then; a site that has none has not been measured. */
  verdicts: ReadonlyMap<string, readonly Verdict[]>
  /** What stands against the plan, the manifest and the dry run. */
  readiness: readonly Issue[]
  /** Another rollout that runs, by its release. */
  otherRunning: string | null
  isSteward: boolean
  now: Date
}

export type RolloutRequest = { action: RolloutAction; version: number; lesson?: string | undefined }

export type RolloutDecision = {
  issues: readonly Issue[]
  next: { state: RolloutState; ring: number | null }
  /** Sites that switch to the release, and sites that go back to what they had. */
  switches: readonly string[]
  returns: readonly string[]
}

const FROM: Record<RolloutAction, readonly RolloutState[]> = {
  start: ['draft'], promote: ['running'], halt: ['running'], resume: ['halted'], cancel: ['draft', 'running', 'halted'], complete: ['running'],
}
const NEEDS_LESSON: readonly RolloutAction[] = ['promote', 'halt', 'cancel', 'complete']

/** A rollout as a state machine: what a step leads to, or every reason why it may not be taken. */
export function decideRollout(facts: RolloutFacts, request: RolloutRequest): RolloutDecision {
  const stay = { issues: [], next: { state: facts.state, ring: facts.ring }, switches: [], returns: [] }
  if (!facts.isSteward) {
    return { ...stay, issues: [refusal('not-a-steward', '模板的推行由省级模板管理员办理，您的账号没有这项职责。')] }
  }
  if (request.version !== facts.version) {
    return { ...stay, issues: [refusal('stale-version', '这次推行刚刚由别人办理过，您看到的是旧的情况。请刷新后再决定。')] }
  }
  if (!FROM[request.action].includes(facts.state)) {
    return { ...stay, issues: [refusal('wrong-state', `推行现在是“${ROLLOUT_STATES[facts.state]}”，不能${ROLLOUT_ACTIONS[request.action]}。`)] }
  }
  const issues = [...lessonIssues(facts, request), ...(request.action === 'start' ? startIssues(facts) : []), ...forwardIssues(facts, request.action)]
  return { ...outcome(facts, request.action), issues }
}

/** What follows from measuring: a red gate stops the ring and sends its sites back, at once and by itself. */
export function decideAfterMeasuring(facts: Pick<RolloutFacts, 'state' | 'ring' | 'rings' | 'verdicts'>): Pick<RolloutDecision, 'next' | 'returns'> {
  const ring = facts.ring === null ? undefined : facts.rings[facts.ring]
  const isRed = ring?.sites.some((slug) => facts.verdicts.get(slug)?.some(({ isGreen }) => !isGreen)) ?? false
  if (facts.state !== 'running' || !isRed) return { next: { state: facts.state, ring: facts.ring }, returns: [] }
  return { next: { state: 'halted', ring: facts.ring }, returns: ring!.sites }
}

function outcome({ state, ring, rings }: RolloutFacts, action: RolloutAction): Omit<RolloutDecision, 'issues'> {
  const sitesOf = (index: number) => rings[index]?.sites ?? []
  const current = ring ?? 0
  const begun = rings.slice(0, ring === null ? 0 : current + 1).flatMap(({ sites }) => sites)
  switch (action) {
    case 'start': return { next: { state: 'running', ring: 0 }, switches: sitesOf(0), returns: [] }
    case 'promote': return { next: { state: 'running', ring: current + 1 }, switches: sitesOf(current + 1), returns: [] }
    case 'halt': return { next: { state: 'halted', ring }, switches: [], returns: sitesOf(current) }
    case 'resume': return { next: { state: 'running', ring }, switches: sitesOf(current), returns: [] }
    case 'cancel': return { next: { state: 'cancelled', ring: null }, switches: [], returns: state === 'draft' ? [] : begun }
    case 'complete': return { next: { state: 'completed', ring }, switches: [], returns: [] }
  }
}

function lessonIssues(facts: RolloutFacts, { action, lesson }: RolloutRequest): Issue[] {
  if (!NEEDS_LESSON.includes(action) || facts.state === 'draft') return []
  const length = lesson?.trim().length ?? 0
  if (length >= LESSON_LENGTH.min && length <= LESSON_LENGTH.max) return []
  return [refusal('lesson-required', `请写下这一圈学到了什么，${LESSON_LENGTH.min} 到 ${LESSON_LENGTH.max} 个字。下一次推行时会先看到它。`, 'lesson')]
}

function startIssues({ readiness, otherRunning }: RolloutFacts): Issue[] {
  return [...readiness, ...(otherRunning === null ? [] : [refusal('other-running', `模板 ${otherRunning} 的推行还没有结束。请先完成或取消它，再开始新的。`)])]
}

function forwardIssues({ rings, ring, verdicts, switchedAt, now }: RolloutFacts, action: RolloutAction): Issue[] {
  if (action !== 'promote' && action !== 'complete') return []
  const current = ring === null ? undefined : rings[ring]
  if (!current || ring === null) return []
  const isLast = ring === rings.length - 1
  const issues: Issue[] = []
  if (action === 'promote' && isLast) issues.push(refusal('last-ring', '这已经是最后一圈。全部站点正常后请点“完成”。'))
  if (action === 'complete' && !isLast) issues.push(refusal('rings-left', `后面还有 ${rings.length - 1 - ring} 圈没有推行，不能完成。`))
  const unmeasured = current.sites.filter((slug) => !verdicts.has(slug))
  if (unmeasured.length > 0) issues.push(refusal('gates-open', `还有 ${unmeasured.length} 个站点没有检查完。请等检查结束。`))
  const red = current.sites.filter((slug) => verdicts.get(slug)?.some(({ isGreen }) => !isGreen))
  if (red.length > 0) issues.push(refusal('gate-red', `${red.length} 个站点有不合格的检查项，不能往前推。请先查看证据并解决。`))
  const over = soakOverAt(current, switchedAt)
  if (!over || over > now) {
    const hours = over ? Math.ceil((over.getTime() - now.getTime()) / 3_600_000) : current.soakHours
    issues.push(refusal('soak-not-over', `这一圈的观察时间还有 ${hours} 小时，到时再办理。`))
  }
  return issues
}

/** When a ring has been lived with long enough; null while its sites have not been switched. */
export function soakOverAt(ring: Pick<Ring, 'soakHours'>, switchedAt: Date | null): Date | null {
  return switchedAt && new Date(switchedAt.getTime() + ring.soakHours * 3_600_000)
}
