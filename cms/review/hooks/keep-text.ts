import type { CollectionAfterChangeHook } from 'payload'
import type { ReviewedCollection } from '../../domains/slugs.ts'
import { unqueue } from '../../outbox/enqueue.ts'
import { clockOf } from '../clock.ts'
import { voidSignOffs } from '../sign-offs.ts'
import { keepSavedText } from '../versions.ts'
import { heldRow } from './hold-version.ts'

/** After each save: the text goes into the history, and an edit under review voids what had been signed. */
export function keepText(collection: ReviewedCollection): CollectionAfterChangeHook {
  return async ({ doc, operation, req }) => {
    const now = clockOf(req).toISOString()
    const text = await req.payload.findByID({ collection, id: doc.id, depth: 0, req, overrideAccess: true })
    await keepSavedText(req, { collection, id: doc.id, text: text as unknown as Record<string, unknown>, version: doc.version }, now)
    if (operation === 'update') {
      const { state } = heldRow(req.context, collection, doc.id)
      if (state !== 'draft') await voidSignOffs(req, { collection, id: doc.id, which: 'all', cause: 'edited', now })
      if (state === 'scheduled') await unqueue(req, `release:${collection}/${doc.id}`)
    }
    return doc
  }
}
