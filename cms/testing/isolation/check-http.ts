import { DUTY_CODES } from '@cluster/shared/governance/duties'
import { COLLECTIONS, OPERATION_NAMES, type Operation } from './collection-table.ts'
import { coverCombinations } from './cover.ts'
import { type Home, MARK, TABLES } from './home.ts'
import type { Outcome } from './outcome.ts'
import { REST_PROBES, traceOf } from './rest-probes.ts'
import { ANONYMOUS, type Asker, askerFor, may, type Place, PLACE_NAMES, WITHOUT_DUTY } from './who.ts'

type Cell = { collection: string; operation: Operation; asker: Asker }
const collections = Object.keys(TABLES)
/** Every two of collection, operation, duty and place; and the two who have no duty at all with everything. */
const cells: Cell[] = [
  ...coverCombinations({ collection: collections, operation: OPERATION_NAMES, duty: DUTY_CODES, place: PLACE_NAMES }, 2).map(
    ({ collection, operation, duty, place }) => ({ collection, operation: operation as Operation, asker: askerFor(duty as Asker['duty'] & string, place as Place) })),
  ...collections.flatMap((collection) => OPERATION_NAMES.flatMap((operation) => [ANONYMOUS, WITHOUT_DUTY].map((asker) => ({ collection, operation, asker })))),
]
const STAGE = { publish: 'final-review', schedule: 'final-review' } as Record<Operation, 'final-review' | undefined>
/** What the operation has used up when it was done. */
const SPENT: readonly Operation[] = ['publish', 'schedule', 'delete', 'bulkDelete']
const REVIEWED = ['articles', 'policies', 'letters', 'import-batches', 'layouts']

async function probe(home: Home, { collection, operation, asker }: Cell, number: number): Promise<string | null> {
  const stage = STAGE[operation] && REVIEWED.includes(collection) ? 'final-review' : 'draft'
  const target = await home.target(collection, stage)
  const isAllowed = may(COLLECTIONS[collection]![operation], asker)
  const before = isAllowed ? null : await traceOf(home, collection, target)
  const { isDone, status, text } = await REST_PROBES[operation]({ home, client: await home.as(asker), collection, target, number })
  const cell = `${operation} ${collection} by ${asker.key}`
  if (isDone && (SPENT.includes(operation) || stage === 'final-review')) home.spend(collection, stage)
  if (isAllowed) return isDone ? null : `SHUT ${cell}: ${status} ${text.slice(0, 300)}`
  if (isDone) return `LEAK ${cell}: ${status} ${text.slice(0, 200)}`
  if (status >= 500) return `FAULT ${cell}: ${status} ${text.slice(0, 300)}`
  if (text.includes(MARK)) return `TOLD ${cell}: ${status} ${text.slice(0, 300)}`
  const after = await traceOf(home, collection, target)
  return JSON.stringify(after) === JSON.stringify(before) ? null : `CHANGED ${cell}: ${JSON.stringify([before, after])}`
}

/** Asks over HTTP: every two of collection, operation, duty and place. What is allowed changes documents, so it comes last. */
export async function checkHttp(home: Home): Promise<Outcome> {
  const wrong: string[] = []
  const isOpen = ({ collection, operation, asker }: Cell) => may(COLLECTIONS[collection]![operation], asker)
  const ordered = [...cells.filter((cell) => !isOpen(cell)), ...cells.filter(isOpen)]
  for (const [index, cell] of ordered.entries()) {
    const found = await probe(home, cell, index)
    if (found) wrong.push(found)
  }
  return { cells: cells.length, wrong }
}
