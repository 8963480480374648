import { type Issue, refusal } from '../../issue.ts'
import type { SiteLevel } from '../../governance/site-tree.ts'

/** Where a text stands that an office has submitted upward. */
export const SUBMISSION_STATES = { waiting: '等待上级处理', accepted: '已采用', returned: '未采用' } as const
export type SubmissionState = keyof typeof SUBMISSION_STATES

/** Adoption points (采用积分) by the level that accepts: the province's own scale, re-issued as data and not as code. */
export type PointScale = Readonly<Record<Exclude<SiteLevel, 'county'>, number>>
export const POINTS_2026: PointScale = { city: 1, province: 3 }

export type Submission = {
  /** Slug of the office that wrote the text. */
  from: string
  /** Level and slug of the office that it was submitted to. */
  to: { slug: string; level: Exclude<SiteLevel, 'county'> }
  state: SubmissionState
  /** Local date of the decision, `YYYY-MM-DD`; null while it waits. */
  decidedOn: string | null
}

const REASON_MIN = 4

/** A text goes up one level at a time: county to city, city to province. */
export function submitIssues({ parent, to, isPublished, isOriginal, isWaiting, isAccepted = false }: {
  parent: string | null
  to: string
  isPublished: boolean
  isOriginal: boolean
  isWaiting: boolean
  /** The superior has taken it over before: it counts once. */
  isAccepted?: boolean
}): Issue[] {
  const issues: Issue[] = []
  if (parent === null) issues.push(refusal('no-superior', '省级站点没有上级，不用报送。'))
  else if (to !== parent) issues.push(refusal('not-the-superior', '只能逐级报送：县报市，市报省。请选上一级站点。', 'to'))
  if (!isPublished) issues.push(refusal('not-published', '请先在本站点发布，再报送上级。'))
  if (!isOriginal) issues.push(refusal('not-original', '转载和采用的内容不能报送。请报送本单位的原创稿件。'))
  if (isAccepted) issues.push(refusal('accepted-already', '上级已经采用过这篇稿件，不用再报送。'))
  if (isWaiting) issues.push(refusal('waiting-already', '这篇稿件已经报送，正在等上级处理。'))
  return issues
}

export function decideSubmission(state: SubmissionState, request: { action: 'accept' | 'return'; reason?: string | undefined }): { issues: Issue[]; next: SubmissionState } {
  if (state !== 'waiting') return { issues: [refusal('decided-already', `这篇报送${SUBMISSION_STATES[state]}，不用再办理。`)], next: state }
  if (request.action === 'return' && (request.reason?.trim().length ?? 0) < REASON_MIN) {
    return { issues: [refusal('reason-required', `请写明为什么不采用，至少 ${REASON_MIN} 个字，报送的单位会看到。`, 'reason')], next: state }
  }
  return { issues: [], next: request.action === 'accept' ? 'accepted' : 'returned' }
}

export type YearRow = { site: string; submitted: number; accepted: number; byCity: number; byProvince: number; points: number }

/** The yearly table: what each office submitted, what was taken and for how many points, the most points first. */
export function yearTable(submissions: readonly Submission[], year: number, scale: PointScale = POINTS_2026): YearRow[] {
  const ofYear = submissions.filter(({ decidedOn }) => decidedOn?.startsWith(`${year}-`))
  const rows = Map.groupBy(ofYear, ({ from }) => from)
  return [...rows].map(([site, all]) => {
    const accepted = all.filter(({ state }) => state === 'accepted')
    const by = (level: 'city' | 'province') => accepted.filter(({ to }) => to.level === level).length
    return {
      site, submitted: all.length, accepted: accepted.length, byCity: by('city'), byProvince: by('province'),
      points: by('city') * scale.city + by('province') * scale.province,
    }
  }).toSorted((one, other) => other.points - one.points || other.accepted - one.accepted || one.site.localeCompare(other.site))
}
