import { STATES, type State } from '@cluster/shared/publishing/states'

const SIGNS: Record<State, { tone: string; sign: string }> = {
  draft: { tone: 'quiet', sign: '○' },
  'first-review': { tone: 'waiting', sign: '◔' },
  'second-review': { tone: 'waiting', sign: '◑' },
  'final-review': { tone: 'waiting', sign: '◕' },
  scheduled: { tone: 'waiting', sign: '◷' },
  published: { tone: 'good', sign: '●' },
  withdrawn: { tone: 'stopped', sign: '✕' },
}

/** A state as a word, with a sign and a colour beside it. */
export function StateBadge({ state, isLive = false }: { state: State; isLive?: boolean }) {
  const { tone, sign } = SIGNS[state] ?? SIGNS.draft
  const isBeingCorrected = isLive && state !== 'published' && state !== 'withdrawn'
  return (
    <span className={`cluster-state cluster-state--${tone}`}>
      <span aria-hidden="true">{sign}</span> {STATES[state] ?? state}{isBeingCorrected ? '（更正中）' : ''}
    </span>
  )
}
