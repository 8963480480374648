import type { PayloadRequest } from 'payload'
import type { Disclosure, DocumentRecord } from '@cluster/shared/delivery/records'
import type { Issue } from '@cluster/shared/issue'
import type { Action } from '@cluster/shared/publishing/states'
import type { ReviewedCollection } from '../domains/slugs.ts'

/** A working copy as it is signed: its content in finished public form, and what it lacks. */
export type Signable = { content: unknown; issues: Issue[] }

export type Publication = {
  disclosure: Disclosure
  publishedAt: string
  corrections: DocumentRecord['corrections']
}
export type Withdrawal = { reason: string; name: string; unit: string; at: string }

/**
 * What the review chain asks of a kind of document; everything else about it is the domain's own affair.
 * Each writes within the request's transaction and returns the cache tags of all pages that it touched.
 */
export type Reviewable = {
  sign: (req: PayloadRequest, id: number) => Promise<Signable>
  publish: (req: PayloadRequest, id: number, signed: Signable, publication: Publication) => Promise<string[]>
  withdraw: (req: PayloadRequest, id: number, withdrawal: Withdrawal) => Promise<string[]>
  /** Actions that make no sense for this kind, each with the sentence that says why and what to do instead. */
  refused?: Partial<Record<Action, string>>
  /** After every step that changes the state, publications included. */
  onStep?: (req: PayloadRequest, id: number, step: { state: string; at: string }) => Promise<string[]>
}

const known = new Map<ReviewedCollection, Reviewable>()

/** Called by each domain when the configuration is put together. */
export function makeReviewable(collection: ReviewedCollection, reviewable: Reviewable): void {
  known.set(collection, reviewable)
}

export function reviewable(collection: ReviewedCollection): Reviewable {
  const found = known.get(collection)
  if (!found) throw new Error(`collection ${collection} has a review chain but no projection`)
  return found
}
