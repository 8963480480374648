import { createHash } from 'node:crypto'
import type { CollectionBeforeChangeHook } from 'payload'

/** Hash of each stored file of a medium: `original`, and one per picture size. Public addresses are made of these. */
export type MediaHashes = Record<string, string>

/** What is so because of the file. Payload lets a request write it: a file name among it would open another office's file. */
const OF_THE_FILE = ['filename', 'mimeType', 'filesize', 'width', 'height', 'sizes', 'url', 'thumbnailURL'] as const

/** Notes what the files contain, once, when they arrive: later nobody has to read them again, and nobody says otherwise. */
export const noteHashes: CollectionBeforeChangeHook = ({ context, data, operation, originalDoc, req }) => {
  if (operation === 'update') {
    return { ...data, ...Object.fromEntries(OF_THE_FILE.map((field) => [field, originalDoc[field]])), hashes: originalDoc.hashes }
  }
  if (!req.file) return data
  const made = Object.entries(req.payloadUploadSizes ?? {})
  const hashes: MediaHashes = { original: hashOf(req.file.data), ...Object.fromEntries(made.map(([size, bytes]) => [size, hashOf(bytes)])) }
  const sizes = Object.fromEntries(made.map(([size]) => [size, data.sizes?.[size]]))
  // From here on files are written: should the upload be refused after all, `removeWhatWasRefused` removes them.
  context.mediaFiles = [data.filename, ...Object.values(sizes).map((size) => size?.filename)].filter(Boolean)
  return { ...data, sizes, hashes }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
