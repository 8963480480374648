import type { PayloadRequest } from 'payload'
import type { ReviewedCollection } from '../domains/slugs.ts'

/** Whether the person may read the document: `absent` when there is none at all. */
export async function mayRead(req: PayloadRequest, collection: ReviewedCollection, id: number): Promise<'yes' | 'no' | 'absent'> {
  const where = { id: { equals: id } }
  const { totalDocs } = await req.payload.count({ collection, where, req, user: req.user, overrideAccess: false })
  if (totalDocs > 0) return 'yes'
  const all = await req.payload.count({ collection, where, req, overrideAccess: true })
  return all.totalDocs > 0 ? 'no' : 'absent'
}
