import { APIError, type CollectionBeforeChangeHook, type CollectionBeforeDeleteHook, type CollectionConfig, type Config, type PayloadRequest } from 'payload'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { personOf } from '../../../access/granted-sites.ts'
import { frozenIssue } from './frozen.ts'

/** Accounts follow their own rules: people stay able to sign in while their site rests. */
const UNTOUCHED = ['users']

/**
 * Payload plugin: what belongs to a site rests with it, in every collection, so that a new one cannot forget it. The cluster's own writes
 * come without a person and go on: a letter that a citizen sends is kept whatever happens to the site.
 */
export function keepFrozen(config: Config): Config {
  return { ...config, collections: (config.collections ?? []).map((collection) => (UNTOUCHED.includes(collection.slug) ? collection : resting(collection))) }
}

function resting(collection: CollectionConfig): CollectionConfig {
  const { hooks = {} } = collection
  return {
    ...collection,
    hooks: {
      ...hooks,
      beforeChange: [refuseChange, ...(hooks.beforeChange ?? [])],
      beforeDelete: [refuseRemoval, ...(hooks.beforeDelete ?? [])],
    },
  }
}

const refuseChange: CollectionBeforeChangeHook = async ({ collection, data, originalDoc, req }) => {
  const id = typeof originalDoc?.id === 'number' ? originalDoc.id : undefined
  const site = collection.slug === 'sites' ? id ?? null : relationId(originalDoc?.site ?? data.site)
  if (site !== null) await refuseWhileFrozen(req, { siteId: site, collection: collection.slug, id })
  return data
}

const refuseRemoval: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  if (!personOf(req)) return
  const document = await req.payload.findByID({ collection: collection.slug, id, depth: 0, req, overrideAccess: true })
  const site = 'site' in document ? relationId(document.site) : null
  if (site !== null) await refuseWhileFrozen(req, { siteId: site, collection: collection.slug, id: Number(id) })
}

async function refuseWhileFrozen(req: PayloadRequest, target: Parameters<typeof frozenIssue>[1]): Promise<void> {
  if (!personOf(req)) return
  const issue = await frozenIssue(req, target)
  if (issue) throw new APIError(issue.message, 409, { code: issue.code }, true)
}
