import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { columnTag, navigationTag } from '@cluster/shared/delivery/tags'
import { relationId } from '@cluster/shared/publishing/rich-text'
import { announce } from '../../../../delivery/announce.ts'
import { storeSiteRecord } from '../../../../delivery/project-site.ts'

async function announceOn(req: PayloadRequest, siteValue: unknown, key: string): Promise<void> {
  const siteId = relationId(siteValue)
  // While a site is being opened its columns come in one go, and are projected and announced with the site itself.
  if (siteId === null || req.context.isOpeningSites) return
  const slug = await storeSiteRecord(req, siteId)
  await announce(req, [navigationTag(slug), columnTag(slug, key)])
}

export const announceColumns: CollectionAfterChangeHook = async ({ doc, req }) => {
  await announceOn(req, doc.site, doc.key)
  return doc
}

export const announceRemovedColumn: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await announceOn(req, doc.site, doc.key)
}
