import { createLocalReq, type FieldAccess, type FlattenedField } from 'payload'
import { FIELDS } from './field-table.ts'
import type { Home } from './home.ts'
import type { Outcome } from './outcome.ts'
import { type Asker, ASKERS, may } from './who.ts'

const KINDS = ['read', 'create', 'update'] as const

/** Every access function of a field, `letters.senderName read`, wherever in the document it stands. */
function ruledFields(fields: readonly FlattenedField[], prefix = ''): Array<{ path: string; kind: (typeof KINDS)[number]; access: FieldAccess }> {
  return fields.flatMap((field) => {
    const path = `${prefix}${field.name}`
    const own = KINDS.flatMap((kind) => {
      const access = 'access' in field ? field.access?.[kind] : undefined
      return typeof access === 'function' ? [{ path, kind, access }] : []
    })
    return [...own, ...('flattenedFields' in field ? ruledFields(field.flattenedFields, `${path}.`) : [])]
  })
}

/** Asks the access functions of fields about a document of `HOME`, for whoever reaches that document. */
export async function checkFields(home: Home): Promise<Outcome> {
  const { payload } = home.offices
  const outcome: Outcome = { cells: 0, wrong: [] }
  const seen = new Set<string>()
  for (const asker of ASKERS) {
    const person = home.personOf(asker)
    const user = person ? await payload.findByID({ collection: 'users', id: person.id, depth: 0, overrideAccess: true }) : null
    const req = await createLocalReq(user ? { user: { ...user, collection: 'users' } } : {}, payload)
    for (const { slug, flattenedFields } of payload.config.collections.filter((collection) => !collection.slug.startsWith('payload-'))) {
      const doc = { id: 2_000_000, site: home.homeId }
      for (const { path, kind, access } of ruledFields(flattenedFields)) {
        const who = FIELDS[slug]?.[path]?.[kind]
        seen.add(`${slug}.${path}.${kind}`)
        if (who === undefined) {
          if (!isPayloads(slug, path)) outcome.wrong.push(`NO ROW ${slug}.${path} ${kind}`)
          continue
        }
        const isOpen = await access({ req, id: doc.id, doc, data: doc, siblingData: doc, blockData: undefined })
        outcome.cells += 1
        if (isOpen !== may(who, asker) && !isBeyond(who, asker)) outcome.wrong.push(`${isOpen ? 'LEAK' : 'SHUT'} ${slug}.${path} ${kind} by ${asker.key}`)
      }
    }
  }
  const stale = Object.entries(FIELDS).flatMap(([slug, fields]) => Object.entries(fields).flatMap(([path, rules]) => Object.keys(rules).map((kind) => `${slug}.${path}.${kind}`)))
  outcome.wrong.push(...stale.filter((key) => !seen.has(key)).map((key) => `NO FIELD ${key}`))
  return { ...outcome, wrong: [...new Set(outcome.wrong)] }
}

/** Secrets of an account that Payload keeps to itself: hidden, and shown by no rule. */
const isPayloads = (slug: string, path: string) => slug === 'users' && /^(email|password|resetPassword|salt|hash|login|lock|sessions|apiKey|enableAPIKey)/.test(path)

/** A rule may look at the duty alone where the document's own rule looks at the site: whoever does not reach the document is not asked. */
const isBeyond = (who: unknown, { duty, place }: Asker) =>
  Array.isArray(who) && duty !== null && who.includes(duty) && ['parent', 'sibling', 'child'].includes(place)
