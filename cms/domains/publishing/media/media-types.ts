/** What an office may upload, with the largest size of each in bytes and the first bytes that prove the type. */
const MB = 1024 * 1024
/** A picture for a page needs no more; phones make 5–12 MB. */
const PICTURE_LIMIT = 20 * MB
/** The longest scanned annexes seen on such portals are about 40 MB. */
const DOCUMENT_LIMIT = 50 * MB

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

export type MediaType = { label: string; limit: number; /** One of these at offset 0; null: text without a signature. */ signatures: readonly (readonly number[])[] | null }

export const MEDIA_TYPES: Record<string, MediaType> = {
  'image/jpeg': { label: 'JPEG 图片', limit: PICTURE_LIMIT, signatures: [[0xff, 0xd8, 0xff]] },
  'image/png': { label: 'PNG 图片', limit: PICTURE_LIMIT, signatures: [[0x89, 0x50, 0x4e, 0x47]] },
  'image/webp': { label: 'WebP 图片', limit: PICTURE_LIMIT, signatures: [[0x52, 0x49, 0x46, 0x46]] },
  'image/gif': { label: 'GIF 图片', limit: PICTURE_LIMIT, signatures: [[0x47, 0x49, 0x46, 0x38]] },
  'application/pdf': { label: 'PDF', limit: DOCUMENT_LIMIT, signatures: [[0x25, 0x50, 0x44, 0x46]] },
  'application/msword': { label: 'Word 97–2003', limit: DOCUMENT_LIMIT, signatures: [OLE] },
  'application/vnd.ms-excel': { label: 'Excel 97–2003', limit: DOCUMENT_LIMIT, signatures: [OLE] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { label: 'Word', limit: DOCUMENT_LIMIT, signatures: [ZIP] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { label: 'Excel', limit: DOCUMENT_LIMIT, signatures: [ZIP] },
  'application/zip': { label: 'ZIP 压缩包', limit: DOCUMENT_LIMIT, signatures: [ZIP] },
}

/** What may be uploaded, in a clerk's words. */
export const MEDIA_TYPE_LIST = Object.values(MEDIA_TYPES).map(({ label }) => label).join('、')

/** True when the file begins as its type says it must. */
export function startsAs(type: MediaType, head: Uint8Array): boolean {
  return type.signatures === null || type.signatures.some((signature) => signature.every((byte, index) => head[index] === byte))
}
