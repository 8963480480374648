import type { RolloutState as State } from '@cluster/shared/governance/templates/rollout'

const TONES: Record<State, string> = { draft: '', running: 'cluster-state--waiting', halted: 'cluster-state--stopped', completed: 'cluster-state--good', cancelled: '' }

export function RolloutState({ state, words }: { state: State; words: string }) {
  return <em className={`cluster-state ${TONES[state]}`}>{words}</em>
}
