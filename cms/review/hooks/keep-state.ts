import type { CollectionBeforeChangeHook } from 'payload'
import type { State } from '@cluster/shared/publishing/states'
import { personOf } from '../../access/granted-sites.ts'
import { clockOf } from '../clock.ts'
import { heldRow } from './hold-version.ts'

/**
 * Whatever a write says of the state, it stays what the chain made it; a text edited while under review falls back to draft,
 * because nobody has signed the new words.
 */
export const keepState: CollectionBeforeChangeHook = ({ collection, data, operation, originalDoc, req }) => {
  const person = personOf(req)
  const now = clockOf(req).toISOString()
  if (operation === 'create') {
    return {
      ...data, state: 'draft', version: 1, isLive: false, publishedAt: null, scheduledFor: null, reviewDueAt: null,
      author: person?.id ?? data.author ?? null,
      // Payload would take both from the request, and with them the year of a policy's index number.
      createdAt: now, updatedAt: now,
    }
  }
  const row = heldRow(req.context, collection.slug, originalDoc.id)
  return {
    ...data,
    state: 'draft' satisfies State,
    version: row.version + 1,
    isLive: row.isLive,
    publishedAt: row.publishedAt,
    scheduledFor: null,
    reviewDueAt: row.reviewDueAt,
    author: person?.id ?? originalDoc.author ?? null,
    createdAt: originalDoc.createdAt,
    updatedAt: now,
  }
}
