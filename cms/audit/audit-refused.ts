import { createHmac } from 'node:crypto'
import { type AfterErrorHook, AuthenticationError, type CollectionSlug, Forbidden, LockedAuth, NotFound, type PayloadRequest, ValidationError } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { personOf } from '../access/granted-sites.ts'
import { queryApart, sql } from '../database/query.ts'
import { env } from '../env.ts'
import { takeAllowance } from './anonymous-allowance.ts'
import { auditRefusal, type Deed, isRefusalAudited } from './record.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']
const BY_METHOD: Record<string, string> = { POST: 'create', PATCH: 'update', PUT: 'update', DELETE: 'delete' }
/** Addresses that are deeds of their own. */
const BY_ADDRESS: Record<string, string> = {
  login: 'sign-in', logout: 'sign-out', unlock: 'unlock', 'reset-password': 'reset-password', 'forgot-password': 'forgot-password',
  'refresh-token': 'refresh-session', 'first-register': 'first-register', transitions: 'transition',
}
/** Whoever has not signed in is told so (401, 403); that a form was filled in wrongly (400, 422) or an address does not exist is no deed of anybody's. */
const ANONYMOUS_STATUSES = [401, 403, 409]

/** Hook of Payload's REST API: a write that failed by a rule leaves its trace. Faults of ours (5xx) are the log's. */
export const auditError: AfterErrorHook = async ({ collection, error, req, result }) => {
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500
  // An error that comes before the request is one at all (malformed address) has nobody and nothing to name.
  if (!req?.payload || !req.context) return
  await auditRefused(req, { status, reason: reasonOf(error, status), ...(collection ? { collection: collection.slug } : {}) })
  return result ? { response: result } : undefined
}

/** The same for an endpoint of ours, which answers its refusal; where the answer must not say why, `context.refusalReason` does. */
export async function auditRefusedAnswer(req: PayloadRequest, answer: Response): Promise<void> {
  const body: unknown = await answer.clone().json().catch(() => null)
  const errors = typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors) ? body.errors as Array<{ code?: unknown }> : []
  const code = errors.find((entry) => typeof entry?.code === 'string')?.code
  const told = req.context.refusalReason
  const collection = typeof req.routeParams?.collection === 'string' ? req.routeParams.collection : undefined
  await auditRefused(req, { status: answer.status, reason: typeof told === 'string' ? told : typeof code === 'string' ? code : `status-${answer.status}`, ...(collection ? { collection } : {}) })
}

async function auditRefused(req: PayloadRequest, { status, reason, collection }: { status: number; reason: string; collection?: string }): Promise<void> {
  if (READING.includes(req.method ?? 'GET') || status < 400 || status >= 500 || isRefusalAudited(req)) return
  const deed = deedOf(req)
  if (!personOf(req) && deed !== 'sign-in') {
    if (!ANONYMOUS_STATUSES.includes(status)) return
    const allowance = takeAllowance(Date.now())
    if (!allowance.isFree) return
    if (allowance.passedOver > 0) await auditRefusal(req, { deed: 'refusals-passed-over', detail: { count: allowance.passedOver } })
  }
  await auditRefusal(req, {
    deed, reason, ...(collection ? { collection, ...await triedDocument(req, collection) } : {}), ...(deed === 'sign-in' ? await triedAccount(req) : {}),
  })
}

/** The document that was to be written, and its site: the audit administrator of a city looks for what was tried on hers. */
async function triedDocument(req: PayloadRequest, collection: string): Promise<Partial<Deed>> {
  const id = Number(req.routeParams?.id)
  if (!Number.isSafeInteger(id) || id < 1 || id >= 2 ** 31) return {}
  const { docs: [document] } = await req.payload.find({ collection: collection as CollectionSlug, where: { id: { equals: id } }, depth: 0, limit: 1, pagination: false, overrideAccess: true })
  const siteId = collection === 'sites' ? document?.id : relationId((document as Record<string, unknown> | undefined)?.site)
  return { documentId: id, ...(typeof siteId === 'number' ? { siteId } : {}) }
}

function deedOf(req: PayloadRequest): string {
  const address = new URL(req.url ?? '/', 'http://local').pathname.split('/').filter(Boolean).at(-1) ?? ''
  return BY_ADDRESS[address] ?? BY_METHOD[req.method ?? ''] ?? 'unknown'
}

/**
 * The account that somebody tried to get into, as the object of the deed: who it was nobody knows. Of an address that no account has, only a
 * keyed digest is kept, so that repeated tries are seen as such: people type passwords, and other people's addresses, into that field.
 */
async function triedAccount(req: PayloadRequest): Promise<Partial<Deed>> {
  const given = (req.data as { email?: unknown } | undefined)?.email
  if (typeof given !== 'string' || given === '') return {}
  const email = given.toLowerCase().trim()
  const [account] = await queryApart<{ id: number; siteId: number | null }>(req.payload, sql`select id, site_id as "siteId" from users where email = ${email}`)
  if (account) return { documentId: account.id, ...(account.siteId === null ? {} : { siteId: account.siteId }) }
  return { detail: { tried: createHmac('sha256', env().PAYLOAD_SECRET).update(email).digest('hex').slice(0, 16) } }
}

const NAMED = [[Forbidden, 'forbidden'], [NotFound, 'not-found'], [ValidationError, 'invalid'], [AuthenticationError, 'wrong-password'], [LockedAuth, 'account-locked']] as const

/** The rule's own code where it has one. */
function reasonOf(error: Error, status: number): string {
  const data = 'data' in error ? error.data as { code?: unknown } | null : null
  if (typeof data?.code === 'string') return data.code
  const [, code] = NAMED.find(([kind]) => error instanceof kind) ?? []
  return code ?? `status-${status}`
}
