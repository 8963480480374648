import { z } from 'zod'
import { collectionSchema } from '@cluster/shared/delivery/records'
import { indexDocuments, type SearchStores } from '../../search/index-documents.ts'

const told = z.object({ collection: collectionSchema, ids: z.array(z.number().int().positive()) })

/** Brings search in line with many documents of one collection, a released batch's for instance. */
export async function indexManyDocuments(stores: SearchStores, job: unknown): Promise<void> {
  const { collection, ids } = told.parse(job)
  await indexDocuments(stores, ids.map((id) => ({ collection, id })))
}
