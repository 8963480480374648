import { type Access, createLocalReq, type Where } from 'payload'
import { COLLECTIONS, type Operation } from './collection-table.ts'
import { type Home, newDocument, TABLES, type Target } from './home.ts'
import type { Outcome } from './outcome.ts'
import { type Asker, ASKERS, may } from './who.ts'

/** The access function that stands before each operation; a medium is made by its upload. */
const FUNCTION_OF: Partial<Record<Operation, 'read' | 'create' | 'update' | 'delete'>> = {
  list: 'read', count: 'read', read: 'read', download: 'read', create: 'create', upload: 'create', update: 'update', delete: 'delete', bulkDelete: 'delete',
}
/** Operations that the function alone does not decide: what else stands before them is asked over HTTP. */
const isDecided = (collection: string, operation: Operation): boolean =>
  operation === 'upload' ? collection === 'media' : operation === 'download' ? collection === 'media' : operation === 'create' ? collection !== 'media' : true

/** Whether a constraint lets a document of `HOME` through: the few forms that our access functions answer in, and no others. */
function lets(answer: boolean | Where, document: Record<string, unknown>): boolean {
  if (typeof answer === 'boolean') return answer
  const entries = Object.entries(answer)
  if (entries.length === 0) throw new Error('an empty constraint lets everything through')
  return entries.every(([name, constraint]) => {
    if (name === 'or') return (constraint as Where[]).some((each) => lets(each, document))
    if (name === 'and') return (constraint as Where[]).every((each) => lets(each, document))
    const operators = Object.entries(constraint as Record<string, unknown>)
    return operators.length > 0 && operators.every(([operator, value]) => {
      if (operator === 'in') return (value as unknown[]).includes(document[name])
      if (operator === 'equals') return value === document[name]
      throw new Error(`the matrix does not know the operator ${operator}`)
    })
  })
}

/** Asks the access functions about everybody and everything: every cell there is. */
export async function checkAccessFunctions(home: Home): Promise<Outcome> {
  const { payload } = home.offices
  const outcome: Outcome = { cells: 0, wrong: [] }
  const targets = new Map<string, Target>()
  for (const collection of Object.keys(TABLES)) targets.set(collection, await home.target(collection))
  for (const asker of ASKERS) {
    const person = home.personOf(asker)
    const user = person ? await payload.findByID({ collection: 'users', id: person.id, depth: 0, overrideAccess: true }) : null
    const req = await createLocalReq(user ? { user: { ...user, collection: 'users' } } : {}, payload)
    for (const [collection, { id }] of targets) {
      const document = { id, site: collection === 'sites' ? undefined : home.homeId }
      for (const operation of Object.keys(FUNCTION_OF) as Operation[]) {
        if (!isDecided(collection, operation)) continue
        const name = FUNCTION_OF[operation]!
        const access = payload.collections[collection as 'articles'].config.access[name] as Access
        const answer = await access({ req, ...(name === 'create' ? { data: newDocument(home, collection, 1) } : { id }) })
        const isOpen = lets(answer, document)
        const isAllowed = may(COLLECTIONS[collection]![operation], asker)
        outcome.cells += 1
        if (isOpen !== isAllowed) outcome.wrong.push(`${isOpen ? 'LEAK' : 'SHUT'} ${operation} ${collection} by ${asker.key}: ${JSON.stringify(answer)}`)
      }
    }
  }
  return outcome
}
