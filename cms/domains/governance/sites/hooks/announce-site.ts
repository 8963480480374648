import type { CollectionAfterChangeHook } from 'payload'
import { clusterTag, directoryTag, navigationTag, siteTag } from '@cluster/shared/delivery/tags'
import { forgetSiteTree } from '../../../../access/site-tree-cache.ts'
import { announce } from '../../../../delivery/announce.ts'
import { storeSiteRecord } from '../../../../delivery/project-site.ts'

/** A changed site is projected and announced in the same transaction as the edit. */
export const announceSite: CollectionAfterChangeHook = async ({ doc, previousDoc, operation, req }) => {
  forgetSiteTree(req.payload)
  await storeSiteRecord(req, doc.id)
  const isSeenElsewhere = operation === 'create' || doc.name !== previousDoc?.name || doc.domain !== previousDoc?.domain
  await announce(req, [siteTag(doc.slug), navigationTag(doc.slug), ...(isSeenElsewhere ? [directoryTag(), clusterTag()] : [])])
  return doc
}
