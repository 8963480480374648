import { type Issue, isPermitted, refusal } from '../../issue.ts'

/** What is done with a site as a whole. */
export const CHANGE_KINDS = { open: '开设站点', merge: '合并站点', close: '关闭站点' } as const
export type ChangeKind = keyof typeof CHANGE_KINDS

/** `moving` and `returning`: the worker carries texts, portion by portion. */
export const CHANGE_STATES = { active: '办理中', moving: '正在搬移', returning: '正在搬回', done: '已办结', cancelled: '已取消' } as const
export type ChangeState = keyof typeof CHANGE_STATES

export type StepName = 'structure' | 'publish' | 'freeze' | 'columns' | 'move' | 'people' | 'notice' | 'finish'

/** A step in the words of the check list: what it does, and what taking it back does. Null: it cannot be taken back. */
export type Step = { name: StepName; title: string; does: string; undoes: string | null }

const FREEZE: Omit<Step, 'does'> = { name: 'freeze', title: '停止编辑', undoes: '恢复编辑，编辑人员照常工作。' }

/** The steps of each procedure, in their order. Everything but the last one can be taken back, the latest first. */
export const CHANGE_STEPS: Readonly<Record<ChangeKind, readonly Step[]>> = {
  open: [
    { name: 'structure', title: '建立站点', does: '按模板建立站点、全部必设栏目和首页布置。公众还看不到，打开网址只见“正在建设”。', undoes: '拆除刚建的空站点；里面已有稿件或账号时不能撤回。' },
    { name: 'publish', title: '对公众开通', does: '站点对公众开放，进入站点目录和上级网站的站点列表。这是最后一步，不能撤回；以后要停用，请按“关闭站点”办理。', undoes: null },
  ],
  merge: [
    { ...FREEZE, does: '被合并的站点停止编辑，编辑人员会看到说明。公众照常浏览，错误内容仍可撤稿。' },
    { name: 'columns', title: '对应栏目', does: '确定每个自设栏目的稿件归入哪个栏目；接收站点没有的，可以照样新建。', undoes: '取消对应关系，并去掉刚为此新建的空栏目。' },
    { name: 'move', title: '搬移内容', does: '稿件、留言、图片、共享内容分批搬到接收站点，编号、署名、发布时间和指纹不变。搬完以后，原网址暂时转到接收站点。搬过去的稿件在合并完成前不能修改。', undoes: '原样搬回，与搬移之前完全一样。' },
    { name: 'people', title: '移交人员', does: '所选人员在被合并站点的职责，改为在接收站点。', undoes: '职责改回原站点。' },
    { name: 'finish', title: '完成合并', does: '原站点的全部网址永久转到接收站点的对应网址，原站点退出站点目录。这是最后一步，不能撤回。', undoes: null },
  ],
  close: [
    { ...FREEZE, does: '站点停止编辑，不能再签发稿件。公众照常浏览，错误内容仍可撤稿。' },
    { name: 'notice', title: '挂出公告', does: '首页换成关闭公告，写明由谁接续、到哪一天；其他页面上方也有说明，稿件照常可看。不再接收新的留言。', undoes: '撤下公告，首页恢复原样。' },
    { name: 'finish', title: '完成关闭', does: '全部网址永久转到上级网站首页，站点退出站点目录和搜索。稿件和记录都保留在系统里。这是最后一步，不能撤回。', undoes: null },
  ],
}

export const CHANGE_ACTIONS = { take: '办理', undo: '撤回上一步', cancel: '取消办理' } as const
export type ChangeAction = keyof typeof CHANGE_ACTIONS

export type ChangeFacts = {
  kind: ChangeKind
  state: ChangeState
  /** Counted up with every step: of two people who act on one version one wins. */
  version: number
  /** How many steps are taken. */
  done: number
  /** The name of the site, which is typed before the last step. */
  siteName: string
  /** What stands against the next step, and against taking the last one back. */
  againstNext: readonly Issue[]
  againstUndo: readonly Issue[]
}
export type ChangeRequest = { action: ChangeAction; version: number; confirm?: string | undefined }
export type ChangeDecision = { issues: readonly Issue[]; step: Step | null; next: { state: ChangeState; done: number } }

/** The next step of a procedure; null after the last one. */
export const nextStep = (kind: ChangeKind, done: number): Step | null => CHANGE_STEPS[kind][done] ?? null

/** A procedure as a state machine: what an action leads to, or every reason why it may not be. */
export function decideChange(facts: ChangeFacts, { action, version, confirm }: ChangeRequest): ChangeDecision {
  const { kind, state, done } = facts
  const stay: ChangeDecision = { issues: [], step: null, next: { state, done } }
  const refused = (...issues: Issue[]): ChangeDecision => ({ ...stay, issues })
  if (version !== facts.version) return refused(refusal('stale-version', '这件事刚刚由别人办理过，您看到的是旧的情况。请刷新后再决定。'))
  if (state === 'done' || state === 'cancelled') return refused(refusal('wrong-state', `这件事${CHANGE_STATES[state]}，不能再${CHANGE_ACTIONS[action]}。`))
  if (action === 'cancel') {
    return state === 'active' && done === 0 ? { ...stay, next: { state: 'cancelled', done } }
      : refused(refusal('steps-taken', '已经办了几步，不能直接取消。请先逐步撤回。'))
  }
  if (action === 'undo') {
    if (state === 'moving') return { ...stay, step: CHANGE_STEPS[kind][done]!, next: { state: 'returning', done } }
    const last = CHANGE_STEPS[kind][done - 1]
    if (state === 'returning' || !last) return refused(refusal('wrong-state', state === 'returning' ? '正在搬回，请等它结束。' : '还没有办过任何一步，没有可以撤回的。'))
    const next = last.name === 'move' ? { state: 'returning' as const, done: done - 1 } : { state, done: done - 1 }
    return isPermitted(facts.againstUndo) ? { issues: [], step: last, next } : { ...stay, issues: facts.againstUndo }
  }
  if (state !== 'active') return refused(refusal('wrong-state', `${CHANGE_STATES[state]}，请等它结束。`))
  const step = nextStep(kind, done)!
  const isLast = step.undoes === null
  const issues = [...facts.againstNext, ...(isLast && confirm?.trim() !== facts.siteName
    ? [refusal('confirm-missing', `这一步不能撤回。请照样输入站点名称“${facts.siteName}”再确认。`, 'confirm')] : [])]
  return { issues, step, next: isLast ? { state: 'done', done: done + 1 } : step.name === 'move' ? { state: 'moving', done } : { state, done: done + 1 } }
}
