import { z } from 'zod'
import { collectionSchema } from '@cluster/shared/delivery/records'
import { indexDocuments, type SearchStores } from '../../search/index-documents.ts'

const told = z.object({ collection: collectionSchema, id: z.number().int().positive() })

/** Brings search in line with one document, published, corrected or withdrawn. */
export async function indexDocument(stores: SearchStores, job: unknown): Promise<void> {
  await indexDocuments(stores, [told.parse(job)])
}
