import { DOORS, type OpenDoor } from './door-table.ts'
import { type Home, MARK } from './home.ts'
import type { Outcome } from './outcome.ts'
import { ANONYMOUS, type Asker, ASKERS, may, WITHOUT_DUTY, type Who } from './who.ts'

/** One duty that opens the door at every place and, where duties make a difference, every duty on the site itself. */
function askersAt({ who, tells }: OpenDoor): Asker[] {
  const isByDuty = Array.isArray(who) || Array.isArray(tells)
  const sample = Array.isArray(who) ? who[0]! : 'editor'
  return [...ASKERS.filter(({ duty, place }) => duty !== null && ((isByDuty && place === 'own') || duty === sample)), ANONYMOUS, WITHOUT_DUTY]
}

function mayEnter({ who, reach }: OpenDoor, asker: Asker): boolean {
  if (who === 'anyone') return true
  if (who === 'portal') return false
  if (who === 'account') return asker.key !== ANONYMOUS.key
  if (reach === undefined || typeof who === 'string') return may(who, asker)
  if (reach === 'whole') return asker.duty !== null && who.includes(asker.duty) && asker.place === 'subtree'
  return asker.duty !== null && who.includes(asker.duty) && !['ended', 'coming', 'newcomer', 'none'].includes(asker.place)
}

/** Tries every door that is more than an operation on a document. */
export async function checkDoors(home: Home): Promise<Outcome> {
  const doors = Object.entries(DOORS).filter((entry): entry is [string, OpenDoor] => typeof entry[1] === 'object')
  const outcome: Outcome = { cells: 0, wrong: [] }
  for (const [key, door] of doors) {
    for (const asker of askersAt(door)) {
      outcome.cells += 1
      const answer = await door.ask({ home, client: await home.as(asker), number: outcome.cells })
      const isIn = door.isIn?.(answer) ?? (answer.status >= 200 && answer.status < 300)
      const isWelcome = mayEnter(door, asker)
      const cell = `${key} for ${asker.key}: ${answer.status} ${answer.text.slice(0, 300)}`
      if (isIn !== isWelcome) outcome.wrong.push(`${isIn ? 'LEAK' : 'SHUT'} ${cell}`)
      if (answer.status >= 500) outcome.wrong.push(`FAULT ${cell}`)
      if (answer.text.includes(MARK) && !mayBeTold(door, isWelcome, asker)) outcome.wrong.push(`TOLD ${cell}`)
    }
  }
  return outcome
}

function mayBeTold({ tells }: OpenDoor, isWelcome: boolean, asker: Asker): boolean {
  return tells === undefined ? isWelcome : may(tells satisfies Who, asker)
}
