import { createLocalReq, type PayloadRequest, type TypedUser } from 'payload'
import { DUTY_CODES } from '@cluster/shared/governance/duties'
import { pdf } from '../files.ts'
import { COLLECTIONS, type Operation } from './collection-table.ts'
import { coverCombinations } from './cover.ts'
import { changeOf, type Home, newDocument, TABLES, type Target } from './home.ts'
import type { Outcome } from './outcome.ts'
import { ANONYMOUS, type Asker, askerFor, may, type Place, PLACE_NAMES, WITHOUT_DUTY } from './who.ts'

type Given = { home: Home; req: PayloadRequest; user: TypedUser | null; collection: 'articles'; target: Target; number: number; version: number }
const only = (id: number) => ({ id: { equals: id } })
const rules = ({ req, user, collection }: Given) => ({ req, user, collection, overrideAccess: false as const, depth: 0 })

/** Each operation of the Local API with its access rules on; true when it was done. */
const PROBES: Partial<Record<Operation, (given: Given) => Promise<boolean>>> = {
  list: async (given) => (await given.req.payload.find({ ...rules(given), where: only(given.target.id) })).docs.length > 0,
  count: async (given) => (await given.req.payload.count({ ...rules(given), where: only(given.target.id) })).totalDocs > 0,
  read: async (given) => Boolean(await given.req.payload.findByID({ ...rules(given), id: given.target.id })),
  create: async (given) => Boolean(await given.req.payload.create({ ...rules(given), data: newDocument(given.home, given.collection, 5000 + given.number) as never })),
  update: async (given) => Boolean(await given.req.payload.update({ ...rules(given), id: given.target.id, data: change(given) as never })),
  bulkUpdate: async (given) => (await given.req.payload.update({ ...rules(given), where: only(given.target.id), data: change(given) as never })).docs.length > 0,
  delete: async (given) => Boolean(await given.req.payload.delete({ ...rules(given), id: given.target.id })),
  bulkDelete: async (given) => (await given.req.payload.delete({ ...rules(given), where: only(given.target.id) })).docs.length > 0,
  upload: async (given) => {
    if ((given.collection as string) !== 'media') return false
    const { name, bytes, mediaType } = pdf(`local-${given.number}.pdf`)
    return Boolean(await given.req.payload.create({
      ...rules(given), data: newDocument(given.home, 'media', given.number) as never, file: { name, data: Buffer.from(bytes), mimetype: mediaType, size: bytes.byteLength } }))
  },
}
const change = ({ collection, number, version }: Given) => ({ version, ...changeOf(collection, number) })
const operations = Object.keys(PROBES) as Operation[]
/** How Payload says no; everything else is a fault of somebody's. */
const REFUSALS = [400, 401, 403, 404]

const cells = [
  ...coverCombinations({ collection: Object.keys(TABLES), operation: operations, duty: DUTY_CODES, place: PLACE_NAMES }, 2).map(
    ({ duty, place, ...rest }) => ({ ...rest, asker: askerFor(duty as Asker['duty'] & string, place as Place) })),
  ...Object.keys(TABLES).flatMap((collection) => operations.flatMap((operation) => [ANONYMOUS, WITHOUT_DUTY].map((asker) => ({ collection, operation, asker })))),
]

async function probe(home: Home, { collection, operation, asker }: (typeof cells)[number], number: number): Promise<string | null> {
  const { payload } = home.offices
  const target = await home.target(collection)
  const person = home.personOf(asker)
  const user = person ? { ...await payload.findByID({ collection: 'users', id: person.id, depth: 0, overrideAccess: true }), collection: 'users' as const } : null
  const req = await createLocalReq(user ? { user } : {}, payload)
  // Each in a transaction that is taken back: what was allowed leaves the next one the same document.
  const transactionID = await payload.db.beginTransaction()
  req.transactionID = transactionID ?? undefined
  const version = await home.versionOf(collection, target.id)
  let isDone: boolean
  try {
    isDone = await PROBES[operation as Operation]!({ home, req, user, collection: collection as 'articles', target, number, version })
  } catch (error) {
    if (!REFUSALS.includes((error as { status?: number }).status ?? 0)) return `FAULT ${operation} ${collection} by ${asker.key}: ${String(error)}`
    isDone = false
  } finally {
    if (transactionID) await payload.db.rollbackTransaction(transactionID)
  }
  const isAllowed = may(COLLECTIONS[collection]![operation as Operation], asker)
  return isDone === isAllowed ? null : `${isDone ? 'LEAK' : 'SHUT'} ${operation} ${collection} by ${asker.key}`
}

/** Asks the Local API with its access rules on: every two of collection, operation, duty and place. */
export async function checkLocalApi(home: Home): Promise<Outcome> {
  const wrong: string[] = []
  for (const [index, cell] of cells.entries()) {
    const found = await probe(home, cell, index)
    if (found) wrong.push(found)
  }
  return { cells: cells.length, wrong }
}
