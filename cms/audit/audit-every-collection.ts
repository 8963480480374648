import type {
  CollectionAfterChangeHook, CollectionAfterDeleteHook, CollectionAfterLoginHook, CollectionAfterLogoutHook, CollectionAfterOperationHook, CollectionConfig,
  Config, Endpoint, PayloadRequest,
} from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { auditError, auditRefusedAnswer } from './audit-refused.ts'
import { changedFields, changedGrants } from './describe-change.ts'
import { audit, auditRefusal } from './record.ts'

/**
 * Payload plugin: whatever collection there is, its writes, refusals, sign-ins and readings of personal data are in the audit log. One
 * place for all, so that a new collection cannot forget it. A collection names its fields that hold personal data in `custom.personalData`.
 */
export function auditEveryCollection(config: Config): Config {
  return {
    ...config,
    collections: (config.collections ?? []).map(audited),
    endpoints: config.endpoints?.map(watched),
    hooks: { ...config.hooks, afterError: [...(config.hooks?.afterError ?? []), auditError] },
  }
}

function audited(collection: CollectionConfig): CollectionConfig {
  const { hooks = {}, endpoints, custom, auth } = collection
  const personal = Array.isArray(custom?.personalData) ? custom.personalData as string[] : []
  return {
    ...collection,
    endpoints: endpoints ? endpoints.map((endpoint) => watched(endpoint)) : endpoints,
    hooks: {
      ...hooks,
      // First: a hook after it may tell the change feed, and that has to be the last statement before the commit.
      afterChange: [auditChange, ...(hooks.afterChange ?? [])],
      afterDelete: [auditRemoval, ...(hooks.afterDelete ?? [])],
      afterOperation: [...(hooks.afterOperation ?? []), auditRefusedInCrowd, ...(personal.length > 0 ? [auditReading(personal)] : [])],
      ...(auth ? {
        afterLogin: [auditSignIn, ...(hooks.afterLogin ?? [])],
        afterLogout: [auditSignOut, ...(hooks.afterLogout ?? [])],
      } : {}),
    },
  }
}

const siteIdOf = (slug: string, document: Record<string, unknown>) => (slug === 'sites' ? Number(document.id) : relationId(document.site) ?? undefined)

const auditChange: CollectionAfterChangeHook = async ({ collection, doc, operation, previousDoc, req }) => {
  const common = { collection: collection.slug, documentId: Number(doc.id), siteId: siteIdOf(collection.slug, doc), ...(Number.isInteger(doc.version) ? { version: Number(doc.version) } : {}) }
  const fields = operation === 'update' ? { fields: changedFields(previousDoc, doc) } : {}
  await audit(req, { deed: operation, ...common, detail: fields })
  const grants = changedGrants(operation === 'update' ? previousDoc?.grants : [], doc.grants)
  if (grants.given.length + grants.taken.length > 0) await audit(req, { deed: 'change-duties', ...common, detail: grants })
  return doc
}

const auditRemoval: CollectionAfterDeleteHook = async ({ collection, doc, id, req }) => {
  await audit(req, { deed: 'delete', collection: collection.slug, documentId: Number(id), siteId: siteIdOf(collection.slug, doc) })
  return doc
}

const auditSignIn: CollectionAfterLoginHook = async ({ collection, req, user }) => {
  await audit(req, { deed: 'sign-in', collection: collection.slug, documentId: Number(user.id), siteId: siteIdOf(collection.slug, user) })
  return user
}

const auditSignOut: CollectionAfterLogoutHook = async ({ collection, req }) => {
  if (req.user) await audit(req, { deed: 'sign-out', collection: collection.slug, documentId: Number(req.user.id), siteId: siteIdOf(collection.slug, { ...req.user }) })
}

/** An update of many documents answers with the ones that were refused; nothing is thrown. */
const auditRefusedInCrowd: CollectionAfterOperationHook = async ({ args, collection, operation, result }) => {
  const errors = (result as { errors?: Array<{ id: unknown }> } | null)?.errors
  if ((operation === 'update' || operation === 'delete') && errors && errors.length > 0 && args.req) {
    await auditRefusal(args.req, { deed: operation, collection: collection.slug, reason: 'refused-in-crowd', detail: { ids: errors.map(({ id }) => Number(id)) } })
  }
  return result
}

/** Whoever is shown personal data is written down before it is shown; where that fails, nothing is. What the cluster reads for itself shows nobody anything. */
function auditReading(fields: readonly string[]): CollectionAfterOperationHook {
  return async ({ args, collection, result }) => {
    const req: PayloadRequest | undefined = args.req
    if (!req?.user || ('overrideAccess' in args && args.overrideAccess === true)) return result
    const shown = documentsIn(result).filter((document) => fields.some((field) => document[field] !== undefined && document[field] !== null))
    if (shown.length === 0) return result
    const sites = new Set(shown.map((document) => relationId(document.site)))
    const [site] = sites
    await audit(req, {
      deed: 'read-personal-data', collection: collection.slug,
      ...(shown.length === 1 ? { documentId: Number(shown[0]!.id) } : {}),
      ...(sites.size === 1 && site !== null && site !== undefined ? { siteId: site } : {}),
      detail: { fields: fields.filter((field) => shown.some((document) => document[field] !== undefined)), ...(shown.length > 1 ? { ids: shown.map(({ id }) => Number(id)) } : {}) },
    })
    return result
  }
}

function documentsIn(result: unknown): Array<Record<string, unknown>> {
  if (typeof result !== 'object' || result === null) return []
  if ('docs' in result && Array.isArray(result.docs)) return result.docs as Array<Record<string, unknown>>
  return 'id' in result ? [result as Record<string, unknown>] : []
}

/** Our own endpoints answer a refusal instead of throwing it. */
function watched<E extends Omit<Endpoint, 'root'>>(endpoint: E): E {
  if (endpoint.method === 'get' || endpoint.method === 'head' || endpoint.method === 'options') return endpoint
  return {
    ...endpoint,
    handler: async (req: PayloadRequest) => {
      const answer = await endpoint.handler(req)
      if (answer.status >= 400 && answer.status < 500) await auditRefusedAnswer(req, answer)
      return answer
    },
  }
}
