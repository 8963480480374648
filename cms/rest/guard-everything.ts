import type { CollectionConfig, Plugin } from 'payload'
import { refuseUnsafeData } from './refuse-unsafe-data.ts'
import { translateError } from './translate-error.ts'

/**
 * What holds for every collection, whatever it is: unsafe data is refused before anything else looks at it; nobody locks a document
 * for others, which would also be told to whoever asks for the list of locks; and an error that a request caused is told as one.
 */
export const guardEverything: Plugin = (config) => ({
  ...config,
  collections: (config.collections ?? []).map(guarded),
  hooks: { ...config.hooks, afterError: [...(config.hooks?.afterError ?? []), translateError] },
})

function guarded(collection: CollectionConfig): CollectionConfig {
  return {
    ...collection,
    lockDocuments: false,
    hooks: { ...collection.hooks, beforeOperation: [refuseUnsafeData, ...(collection.hooks?.beforeOperation ?? [])] },
  }
}
