import { CHANGE_ACTIONS, type ChangeAction } from '@cluster/shared/governance/site-lifecycle/steps'
import type { ChangePage } from '../../domains/governance/site-lifecycle/describe.ts'
import { minuteOf } from '../dates.ts'

const DEEDS: Record<string, string> = { ...CHANGE_ACTIONS, undo: '撤回', create: '开始', moved: '搬移完毕', returned: '搬回完毕' } satisfies Record<ChangeAction, string> & Record<string, string>

/** Who did what when, the newest first. */
export function History({ page: { history, steps } }: { page: ChangePage }) {
  const titleOf = (name: string | null) => steps.find((step) => step.name === name)?.title
  return (
    <ol className="cluster-history-steps">
      {history.map(({ id, action, step, name, unit, at }) => (
        <li key={id}><b>{DEEDS[action] ?? action}</b>{titleOf(step) && action !== 'moved' && action !== 'returned' ? `“${titleOf(step)}”` : ''} <span className="cluster-hint">{name}{unit ? `（${unit}）` : ''} · <time dateTime={at}>{minuteOf(at)}</time></span></li>))}
    </ol>
  )
}
