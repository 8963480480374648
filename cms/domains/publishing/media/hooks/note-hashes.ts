import { createHash } from 'node:crypto'
import type { CollectionBeforeChangeHook } from 'payload'

/** Hash of each stored file of a medium: `original`, and one per picture size. Public addresses are made of these. */
export type MediaHashes = Record<string, string>

/** Notes what the files contain, once, when they arrive: later nobody has to read them again. */
export const noteHashes: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  if (!req.file) return { ...data, hashes: originalDoc?.hashes ?? data.hashes }
  const hashes: MediaHashes = { original: hashOf(req.file.data) }
  for (const [size, bytes] of Object.entries(req.payloadUploadSizes ?? {})) hashes[size] = hashOf(bytes)
  return { ...data, hashes }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
