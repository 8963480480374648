import type { PayloadRequest } from 'payload'
import { DUTY_CODES, type Duty, isInForce } from '@cluster/shared/governance/duties'
import { maskText } from '@cluster/shared/privacy/masking'
import { dutiesOnSite, grantsOf, personOf, today } from '../access/granted-sites.ts'
import { siteTree } from '../access/site-tree-cache.ts'
import { query, queryApart, sql } from '../database/query.ts'
import { addressOf } from './address-of.ts'
import { requestIdOf } from './request-id.ts'

/** A deed as the audit log keeps it. Time, person, duty, address and request are added from the request. */
export type Deed = {
  /** What was done, a code of `shared/audit/deeds.ts`: `update`, `sign-in`, `export`. */
  deed: string
  collection?: string
  documentId?: number
  version?: number
  /** The site that it concerns, by slug or by number. */
  site?: string
  siteId?: number
  /** Why it was refused, or what moved it, as a code: `wrong-password`, `stale-version`. */
  reason?: string
  /** Who did it, where the request has no signed-in person (yet, or any more): a first step of a sign-in, a command of the operator. */
  person?: { id?: number; name: string; email?: string }
  /** What else is worth knowing, never personal data in clear: names of fields, numbers, codes. Texts are masked all the same. */
  detail?: Record<string, unknown>
}

/**
 * Writes an audit row in the request's own transaction: it stands exactly when the deed does.
 * Call it before the change feed is told (`announce` is the last statement before the commit).
 */
export async function audit(req: PayloadRequest, deed: Deed): Promise<void> {
  await query(req, await auditRow(req, deed, false))
}

/** Writes an audit row about a refused deed on a connection of its own: the deed's transaction is rolled back, its trace stays. */
export async function auditRefusal(req: PayloadRequest, deed: Deed): Promise<void> {
  req.context.isRefusalAudited = true
  await queryApart(req.payload, await auditRow(req, deed, true))
}

/** True when this request's refusal has been written down already. */
export const isRefusalAudited = (req: PayloadRequest): boolean => req.context.isRefusalAudited === true

async function auditRow(req: PayloadRequest, deed: Deed, isRefused: boolean) {
  const person = deed.person ?? personOf(req)
  const site = deed.site ?? await slugOf(req, deed.siteId)
  const duty = deed.person ? null : await dutyOf(req, site)
  return sql`insert into cluster.audit (person_id, person_name, person_email, duty, deed, collection, document_id, version, site, is_refused, reason, address, request_id, detail)
    values (${person?.id ?? null}, ${person?.name ?? null}, ${person?.email ?? null}, ${duty}, ${deed.deed}, ${deed.collection ?? null},
      ${deed.documentId ?? null}, ${deed.version ?? null}, ${site}, ${isRefused}, ${deed.reason ?? null}, ${addressOf(req)}, ${requestIdOf(req)},
      ${JSON.stringify(masked(deed.detail ?? {}))}::jsonb)`
}

async function slugOf(req: PayloadRequest, siteId: number | undefined): Promise<string | null> {
  if (siteId === undefined) return null
  return (await siteTree(req.payload)).find(({ id }) => id === siteId)?.slug ?? null
}

/** The duties in which the person could act: on the site that is concerned, or anywhere when none is. */
async function dutyOf(req: PayloadRequest, slug: string | null): Promise<string | null> {
  if (!personOf(req)) return null
  const site = slug === null ? undefined : (await siteTree(req.payload)).find((node) => node.slug === slug)
  const held: Set<Duty> = site ? await dutiesOnSite(req, site.id)
    : new Set((await grantsOf(req)).filter((grant) => isInForce(grant, today())).map(({ duty }) => duty))
  return DUTY_CODES.filter((duty) => held.has(duty)).join(',') || null
}

/** The last net: whatever a caller puts into a detail, no telephone, card, identity number or e-mail address stays readable. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]))
}
