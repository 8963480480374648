import { CHANGE_STATES, type ChangeState as State } from '@cluster/shared/governance/site-lifecycle/steps'

const TONES: Record<State, string> = { active: 'cluster-state--waiting', moving: 'cluster-state--waiting', returning: 'cluster-state--waiting', done: 'cluster-state--good', cancelled: '' }

export function ChangeState({ state }: { state: State }) {
  return <em className={`cluster-state ${TONES[state]}`}>{CHANGE_STATES[state]}</em>
}
