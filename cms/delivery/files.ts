import type { PayloadRequest } from 'payload'
import type { FileRef, Picture } from '@cluster/shared/delivery/records'
import type { Media } from '../payload-types.ts'

/** A file that a public page names: what the page says of it, and the name under which it is kept. */
export type StoredFile = FileRef & { storedAs: string }

/** The site's own media with these ids; what another office keeps cannot be published by naming its number. */
export async function readMedia(req: PayloadRequest, siteId: number, ids: readonly number[]): Promise<Map<number, Media>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const { docs } = await req.payload.find({
    collection: 'media', where: { and: [{ id: { in: wanted } }, { site: { equals: siteId } }] }, depth: 0, pagination: false, req, overrideAccess: true })
  return new Map(docs.map((medium) => [medium.id, medium]))
}

/** The uploaded file itself. */
export function originalFile(medium: Media): StoredFile | null {
  const hash = (medium.hashes as Record<string, string> | null)?.original
  if (!hash || !medium.filename || !medium.mimeType) return null
  return { hash, name: medium.filename, mediaType: medium.mimeType, bytes: medium.filesize ?? 0, storedAs: medium.filename }
}

/** A picture in all its sizes, and the files that these are. The original stays inside: it may show more than the office meant to. */
export function pictureOf(medium: Media): { picture: Picture; files: StoredFile[] } | null {
  const hashes = (medium.hashes ?? {}) as Record<string, string>
  if (!medium.mimeType?.startsWith('image/') || !medium.alt) return null
  const sized = (['small', 'medium', 'large'] as const).flatMap((size) => {
    const file = medium.sizes?.[size]
    return file?.filename && file.width && file.height && hashes[size]
      ? [{ hash: hashes[size], name: file.filename, mediaType: file.mimeType ?? medium.mimeType!, bytes: file.filesize ?? 0, width: file.width, height: file.height, storedAs: file.filename }]
      : []
  })
  const original = originalFile(medium)
  // A picture smaller than every size has only itself.
  const sources = sized.length > 0 || !original ? sized : [{ ...original, width: medium.width ?? 1, height: medium.height ?? 1 }]
  const widest = sources.at(-1)
  if (!widest) return null
  return {
    picture: {
      alt: medium.alt, ...(medium.caption ? { caption: medium.caption } : {}), width: widest.width, height: widest.height,
      focalX: medium.focalX ?? 50, focalY: medium.focalY ?? 50,
      sources: sources.map(({ storedAs: _, ...source }) => source),
    },
    files: sources.map(({ width: _, height: __, ...file }) => file),
  }
}
