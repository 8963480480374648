import { reindex } from '../../search/reindex.ts'
import type { SearchStores } from '../../search/index-documents.ts'

/** Builds both search indexes anew, at an administrator's word. Where another process is at it already, that will do. */
export async function rebuildSearch(stores: SearchStores): Promise<void> {
  await reindex(stores)
}
