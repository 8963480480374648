import { relationId } from '@cluster/shared/publishing/rich-text'

type Document = Record<string, unknown>

/** Fields that every save changes. */
const ALWAYS = new Set(['updatedAt', 'createdAt', 'version', 'state', 'waitingSince', 'author', 'sessions', 'loginAttempts', 'lockUntil'])

/** The names of the fields in which a saved document differs from the one before; their contents are none of the log's business. */
export function changedFields(before: Document | undefined, after: Document): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)])
  return [...names].filter((name) => !ALWAYS.has(name) && comparable(before?.[name]) !== comparable(after[name])).sort()
}

/** What is empty one way or the other is the same; a related document is its number, however much of it was loaded. */
function comparable(value: unknown): string {
  return JSON.stringify(bare(value)) ?? ''
}

function bare(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object') return value
  if ('id' in value && 'createdAt' in value) return value.id
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'id').map(([key, inner]) => [key, bare(inner)]))
}

export type GrantNote = { duty: string; site: number | null; includeSubtree: boolean; from: string | null; until: string | null }

/** Duties that an account has been given and has lost. */
export function changedGrants(before: unknown, after: unknown): { given: GrantNote[]; taken: GrantNote[] } {
  const [old, now] = [grantNotes(before), grantNotes(after)]
  const keys = (notes: readonly GrantNote[]) => new Set(notes.map((note) => JSON.stringify(note)))
  const [oldKeys, nowKeys] = [keys(old), keys(now)]
  return { given: now.filter((note) => !oldKeys.has(JSON.stringify(note))), taken: old.filter((note) => !nowKeys.has(JSON.stringify(note))) }
}

function grantNotes(grants: unknown): GrantNote[] {
  if (!Array.isArray(grants)) return []
  return grants.map((grant: Document) => ({
    duty: String(grant.duty), site: relationId(grant.site), includeSubtree: grant.includeSubtree === true, from: dayOf(grant.from), until: dayOf(grant.until) }))
}

const dayOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? new Date(value).toISOString().slice(0, 10) : null)
