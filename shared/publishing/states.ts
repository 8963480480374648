/** Where a working copy stands. */
export const STATES = {
  draft: '草稿',
  'first-review': '待初审',
  'second-review': '待复审',
  'final-review': '待终审',
  scheduled: '定时发布',
  published: '已发布',
  withdrawn: '已撤稿',
} as const
export type State = keyof typeof STATES
export const STATE_CODES = Object.keys(STATES) as State[]
export const REVIEW_STATES = ['first-review', 'second-review', 'final-review'] as const satisfies readonly State[]

export const ACTIONS = {
  submit: '提交审核',
  recall: '撤回修改',
  approve: '审核通过',
  return: '退回修改',
  'publish-now': '紧急发布',
  'review-later': '补审',
  schedule: '通过并定时发布',
  'cancel-schedule': '取消定时',
  correct: '更正',
  withdraw: '撤稿',
} as const
export type Action = keyof typeof ACTIONS
export const ACTION_CODES = Object.keys(ACTIONS) as Action[]

/** One link of the chain: who, in what duty, over which content digest. */
export type SignOffLink = 'draft' | 'first-review' | 'second-review' | 'final-review'
export const LINK_LABELS: Record<SignOffLink, string> = {
  draft: '起草', 'first-review': '初审', 'second-review': '复审', 'final-review': '终审',
}
export type SignOff = {
  link: SignOffLink
  personId: number
  name: string
  unit: string
  /** ISO 8601. */
  at: string
  digest: string
  /** Ordered ahead of the reviews that are still missing (先发后审). */
  isEmergency?: boolean
}
