import { type Duty, DUTY_CODES } from '@cluster/shared/governance/duties'
import type { Planned } from '../people.ts'

/** The site whose documents are asked for: it has a parent, siblings and children. */
export const HOME = 'suzhou'

/** Where a person stands to the documents of `HOME`; only the first two reach them. */
export const PLACES = {
  own: { site: HOME },
  subtree: { site: 'jiangsu', includeSubtree: true },
  parent: { site: 'jiangsu' },
  sibling: { site: 'nanjing', includeSubtree: true },
  child: { site: 'suzhou-kunshan', includeSubtree: true },
  ended: { site: HOME, from: '2020-01-01', until: '2020-12-31' },
  coming: { site: HOME, from: '2999-01-01' },
  newcomer: { site: HOME, mustChangePassword: true },
} as const satisfies Record<string, Omit<Planned, 'duties'>>
export type Place = keyof typeof PLACES
export const PLACE_NAMES = Object.keys(PLACES) as Place[]

/** Somebody who asks: one duty at one place, an account without any duty, or nobody who has signed in. */
export type Asker = { key: string; duty: Duty | null; place: Place | 'none' }
export const WITHOUT_DUTY: Asker = { key: 'withoutduty', duty: null, place: 'none' }
export const ANONYMOUS: Asker = { key: 'anonymous', duty: null, place: 'none' }

export const askerFor = (duty: Duty, place: Place): Asker => ({ key: `${duty}-${place}`.toLowerCase(), duty, place })
export const ASKERS: readonly Asker[] = [...DUTY_CODES.flatMap((duty) => PLACE_NAMES.map((place) => askerFor(duty, place))), WITHOUT_DUTY, ANONYMOUS]

/** An account for every asker. */
export const PLANNED: Record<string, Planned> = Object.fromEntries(ASKERS.filter((asker) => asker !== ANONYMOUS).map(({ key, duty, place }) => (
  [key, place === 'none' ? { site: 'suzhou-taicang', duties: [] } : { ...PLACES[place], duties: duty ? [duty] : [] }])))

/**
 * Who may: holders of a duty that reaches the document's site, everyone whose sign-in is complete (`signed-in`), or no request at all.
 */
export type Who = readonly Duty[] | 'signed-in' | 'nobody'

/** The rule of the whole matrix, in one place: what a cell of the table means for somebody. */
export function may(who: Who, { key, duty, place }: Asker): boolean {
  if (who === 'nobody' || key === ANONYMOUS.key) return false
  if (who === 'signed-in') return place !== 'newcomer'
  return duty !== null && who.includes(duty) && (place === 'own' || place === 'subtree')
}
