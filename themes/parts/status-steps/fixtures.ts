import type { LetterStatus } from '@cluster/shared/delivery/records'

export const inHand: LetterStatus['steps'] = [
  { step: 'received', at: '2026-11-17T02:12:00.000Z' },
  { step: 'in-hand', at: '2026-11-17T06:40:00.000Z' },
]
export const finished: LetterStatus['steps'] = [
  ...inHand,
  { step: 'under-review', at: '2026-11-18T07:00:00.000Z' },
  { step: 'answered', at: '2026-11-19T02:00:00.000Z' },
  { step: 'published', at: '2026-11-19T03:00:00.000Z' },
]

export const fixtures = {
  received: { steps: inHand.slice(0, 1) },
  'in hand': { steps: inHand },
  finished: { steps: finished },
}
